package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;
import java.util.Optional;

/**
 * A loop of a function, as the root that was asked about runs it.
 *
 * @param times how often its back edges are taken at most each time it is entered, {@link
 *     LoopBound#NONE} if there is no bound
 * @param ends whether it ends, though perhaps only when a limit that is not known says so
 * @param reason which value counts and how, or why none does
 * @param outer where the loop around it is, if there is one
 */
public record Loop(
    String function, long times, boolean ends, String reason, Place place, Optional<Place> outer) {
  public boolean isBounded() {
    return times != LoopBound.NONE;
  }
}
