/** Solana's system calls: what each one costs, checks and does. */
@NullMarked
package dev.ovsm.runtime.syscall;

import org.jspecify.annotations.NullMarked;
