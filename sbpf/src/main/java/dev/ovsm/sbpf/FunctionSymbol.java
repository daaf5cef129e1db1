package dev.ovsm.sbpf;

/**
 * A named function: its first slot and how many slots it takes; for people, not for the machine.
 */
public record FunctionSymbol(String name, int pc, int slots) {}
