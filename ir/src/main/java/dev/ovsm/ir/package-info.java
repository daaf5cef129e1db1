/** Typed intermediate representation in SSA form with block parameters: what a program means. */
@NullMarked
package dev.ovsm.ir;

import org.jspecify.annotations.NullMarked;
