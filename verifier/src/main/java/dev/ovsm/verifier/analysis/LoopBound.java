package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;

/**
 * How often a loop's back edges are taken at most, each time it is entered.
 *
 * @param loop the header's block
 * @param times the bound, or {@link #NONE}
 * @param reason which value counts and how, or why none does
 */
public record LoopBound(int loop, long times, String reason, Place place) {
  /** The bound of a loop that has none. */
  public static final long NONE = Long.MAX_VALUE;

  public boolean isBounded() {
    return times != NONE;
  }
}
