package dev.ovsm.verifier.graph;

/**
 * What was supposed while machine code was made a graph, and must be shown of it: bytes counted
 * from what a node gets as an input lie in no frame.
 *
 * @param from the first byte
 * @param to the byte after the last one
 */
public record Away(int function, int node, int input, long from, long to) {}
