/** The typed program: monomorphic functions in a small core whose every operation is explicit. */
@NullMarked
package dev.ovsm.frontend.hir;

import org.jspecify.annotations.NullMarked;
