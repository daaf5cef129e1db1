/**
 * The cryptography that Solana's syscalls and precompiles compute, as pure functions over bytes.
 *
 * <p>A function that has no answer for its input returns null, where the syscall returns 1. Costs,
 * feature gates and the checks of pointers and lengths that abort a program are the callers'.
 *
 * <p>Secrets never come here, so nothing is constant-time.
 */
@NullMarked
package dev.ovsm.runtime.crypto;

import org.jspecify.annotations.NullMarked;
