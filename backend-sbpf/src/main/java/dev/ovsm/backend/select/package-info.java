/** Instruction selection: from expanded IR to machine code over virtual registers. */
@NullMarked
package dev.ovsm.backend.select;

import org.jspecify.annotations.NullMarked;
