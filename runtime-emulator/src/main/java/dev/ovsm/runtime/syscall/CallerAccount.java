package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.vm.Slice;

/**
 * Where a calling program keeps its copy of an account.
 *
 * @param length the length that the program's account info states
 * @param dataAddress address of {@code data}
 * @param originalLength the data's length when the caller began
 */
record CallerAccount(
    Slice lamports, Slice owner, Slice data, Slice length, long dataAddress, int originalLength) {}
