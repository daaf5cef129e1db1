/** The reference meaning of IR: an interpreter over a byte-addressed memory and a host. */
@NullMarked
package dev.ovsm.ir.eval;

import org.jspecify.annotations.NullMarked;
