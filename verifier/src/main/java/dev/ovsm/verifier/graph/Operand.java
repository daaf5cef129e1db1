package dev.ovsm.verifier.graph;

/**
 * A value that an instruction of a program uses.
 *
 * @param input which of its node's inputs it is: of a store 0 is the address, of a call 0 is r1
 */
public record Operand(int pc, int input) {}
