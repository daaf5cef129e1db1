/**
 * The typed intermediate representation in SSA form: its text, its analyses, its optimisations and
 * its meaning.
 */
@NullMarked
package dev.ovsm.ir;

import org.jspecify.annotations.NullMarked;
