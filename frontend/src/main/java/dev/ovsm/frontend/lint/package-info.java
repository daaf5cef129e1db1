/** Finds what is legal and hardly meant: warnings with a way out each. */
@NullMarked
package dev.ovsm.frontend.lint;

import org.jspecify.annotations.NullMarked;
