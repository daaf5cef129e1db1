package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;

/**
 * Something that may change an account.
 *
 * @param account which one of the instruction, or -1 if that is not known
 * @param isLost whether it changes an account only if its address leads to one, of which nothing is
 *     known
 */
public record AccountWrite(
    Standing standing, int account, boolean isLost, Place place, String function) {
  /** What is known of whether the account may be written. */
  public enum Standing {
    /** The program has looked: it may. */
    CHECKED,
    /** Nothing in the program says so; the machine decides. */
    OPEN,
    /** The program has looked, and it may not. */
    REFUSED,
    /** It is declared, and not as one that is written. */
    UNDECLARED
  }
}
