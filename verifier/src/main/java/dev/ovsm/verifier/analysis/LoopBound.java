package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;

/**
 * How often a loop repeats at most, each time it is entered.
 *
 * @param loop the header's block
 * @param turn the last block that every repetition passes, or -1 if the loop never repeats or its
 *     back edges are counted
 * @param times a bound on the iterations that pass {@code turn}, or on the back edges that are
 *     taken, or {@link #NONE}
 * @param ends whether it ends, though perhaps only after as many iterations as a limit says that is
 *     not known
 * @param reason which value counts and how, or why none does
 */
public record LoopBound(int loop, int turn, long times, boolean ends, String reason, Place place) {
  /** The bound of a loop that has none. */
  public static final long NONE = Long.MAX_VALUE;

  public boolean isBounded() {
    return times != NONE;
  }
}
