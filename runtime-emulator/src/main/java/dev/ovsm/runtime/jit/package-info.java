/**
 * The compiler from sBPF to Java bytecode: blocks, functions, liveness, methods, hidden classes.
 *
 * <p>What it compiles behaves as the interpreter does, to the last compute unit.
 */
@NullMarked
package dev.ovsm.runtime.jit;

import org.jspecify.annotations.NullMarked;
