/** The emulator's cryptography against the syscalls and precompiles of the real VM. */
@NullMarked
package dev.ovsm.tests.crypto;

import org.jspecify.annotations.NullMarked;
