/** The emulator: engines, system calls, accounts, transactions and the autonomous scheduler. */
@NullMarked
package dev.ovsm.runtime;

import org.jspecify.annotations.NullMarked;
