package dev.ovsm.runtime.vm;

import org.jspecify.annotations.Nullable;

/**
 * How a program ended.
 *
 * @param r0 the program's result; 0 if it faulted
 * @param fault why it ended early, or null
 * @param instructions how many instructions began, the faulting one included
 * @param remaining compute units left
 */
public record Outcome(long r0, @Nullable Fault fault, long instructions, long remaining) {}
