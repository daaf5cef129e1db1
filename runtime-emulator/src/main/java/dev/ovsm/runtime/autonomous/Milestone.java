package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something in the life of a registration that is no step of any trigger.
 *
 * @param program whose registration it is
 * @param words by whom, or why
 */
public record Milestone(
    long slot, long registration, Pubkey program, Kind kind, Turn turn, String words) {
  /** What a milestone is about. */
  public enum Turn {
    /** It came to be; the words say by whom. */
    REGISTERED("registered"),
    /** It was there when the run began, which goes on from an earlier one. */
    RESUMED("resumed"),
    /** What it waits for was looked at and had not come about; the words say what was seen. */
    PASSED_BY("passed_by"),
    /** It is over, and makes no trigger any more; the words say why. */
    ENDED("ended");

    private final String word;

    Turn(String word) {
      this.word = word;
    }

    /** The one of a word in a run's events, if there is one. */
    public static Optional<Turn> of(String word) {
      return Arrays.stream(values()).filter(turn -> turn.word.equals(word)).findFirst();
    }

    /** Whether a registration is there from it on. */
    public boolean begins() {
      return this == REGISTERED || this == RESUMED;
    }

    /** The word in a run's events. */
    public String word() {
      return word;
    }
  }
}
