package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;
import java.util.Optional;

/**
 * An access to memory that is not shown to be within bounds.
 *
 * @param grade how bad it is
 * @param place the instruction
 * @param caller the call that passes the address, if the function got it from there
 * @param text what it accesses, as a message says it
 */
public record Access(
    Grade grade, Place place, String function, Optional<Place> caller, String text) {
  /** What is known of an access; the later the worse. */
  public enum Grade {
    /** It lies within what it is meant for. */
    WITHIN,
    /** It lies in an account, within a length that the program compared. */
    COMPARED,
    /** Only the machine knows what lies there, and stops what lies nowhere. */
    LEFT,
    /** It is meant for something known and may lie outside. */
    DOUBTFUL,
    /** It may be to address 0. */
    NULLABLE,
    /** It lies outside whenever it happens. */
    OUTSIDE
  }
}
