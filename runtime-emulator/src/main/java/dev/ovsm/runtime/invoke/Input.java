package dev.ovsm.runtime.invoke;

/**
 * An instruction as a program finds it in memory at {@link dev.ovsm.sbpf.MemoryMap#INPUT}.
 *
 * @param places of the accounts, one for each position; repetitions have that of the first
 * @param dataAddress the address of the instruction's data
 */
record Input(byte[] bytes, AccountPlace[] places, long dataAddress) {}
