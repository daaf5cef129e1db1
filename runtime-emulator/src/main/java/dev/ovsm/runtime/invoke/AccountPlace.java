package dev.ovsm.runtime.invoke;

/**
 * Where one account of an instruction lies in the program's memory: addresses of its fields.
 *
 * @param length the data's length when the instruction began, in bytes
 */
public record AccountPlace(long key, long owner, long lamports, long data, int length) {}
