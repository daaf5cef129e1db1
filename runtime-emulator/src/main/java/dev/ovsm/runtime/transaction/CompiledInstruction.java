package dev.ovsm.runtime.transaction;

/**
 * An instruction inside a message: program and accounts are indices into the message's keys.
 *
 * @param program index of the program, 0..255
 * @param accounts indices of the accounts, one unsigned byte each
 */
public record CompiledInstruction(int program, byte[] accounts, byte[] data) {}
