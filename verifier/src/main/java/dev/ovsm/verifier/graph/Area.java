package dev.ovsm.verifier.graph;

import dev.ovsm.sbpf.MemoryMap;

/**
 * What a program may access at addresses that are numbers.
 *
 * @param from the address of its read-only data
 * @param to the address after it; equal to {@code from} if the data are objects of their own
 * @param isOwn whether the program says of itself what our compiler says
 */
public record Area(long from, long to, boolean isOwn) {
  /** Whether nothing lies at small numbers. */
  public boolean isNullFree() {
    return from >= MemoryMap.BYTECODE || from == to;
  }
}
