package dev.ovsm.verifier.certificate;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why a certificate does not hold.
 *
 * @param function the slot of the function that it is about, or -1
 * @param pc the slot in it, or -1
 * @param location what does not hold as claimed, if it is a value's place
 * @param seen where that value lies, as far as the checker can tell
 * @param figure the least that could be claimed instead, of a number
 */
public record Objection(
    Kind kind,
    int function,
    int pc,
    @Nullable Location location,
    @Nullable Interval seen,
    long figure) {

  /** What is wrong. */
  public enum Kind {
    OTHER_FILE("the certificate is of another file"),
    NO_ENTRY("the certificate says nothing of the entrypoint"),
    FALSE_START("the runtime does not start the program as claimed"),
    TWICE("a function is claimed twice, or after a caller"),
    NO_FUNCTION("there is no code at this slot"),
    UNSUPPORTED("an instruction is beyond what can be certified"),
    UNKNOWN_CALLEE("a call goes to a function that is not claimed before its caller"),
    NO_LOOP("there is a loop that the certificate says nothing of"),
    FALSE_LOOP("there is no loop at this slot"),
    TANGLED("control enters a loop elsewhere than at its first slot"),
    NOT_THERE("a value does not lie where the loop is entered as claimed"),
    NOT_KEPT("a round changes what the loop is claimed to keep"),
    NOT_INDUCTIVE("a round moves a value out of its claimed range"),
    NOT_COUNTING("a round does not move the counter by its step"),
    TOO_FEW_ROUNDS("the loop may repeat more often than claimed"),
    FALSE_ARGUMENT("a caller passes an argument outside of its claimed range"),
    FALSE_RESULT("the result may lie outside of its claimed range"),
    NOT_CONTAINED("the function may write to frames of others"),
    TOO_FEW_UNITS("the function may take more compute units than claimed"),
    TOO_FEW_EVENTS("the function may emit more than claimed");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  static Objection of(Kind kind, int function, int pc) {
    return new Objection(kind, function, pc, null, null, 0);
  }

  /** The same about a value. */
  Objection about(Location location, Interval seen) {
    return new Objection(kind, function, pc, location, seen, figure);
  }

  /** The same about each value that may lie outside of its claimed range. */
  void where(
      Map<Location, Interval> claimed,
      Function<Location, Interval> seen,
      Consumer<Objection> objections) {
    claimed.forEach(
        (location, range) -> {
          Interval found = seen.apply(location);
          if (!range.includes(found)) {
            objections.accept(about(location, found));
          }
        });
  }

  /** One line for people. */
  public String line() {
    StringBuilder line = new StringBuilder(kind.text);
    line.append(pc >= 0 ? ", at instruction " + pc : "");
    if (location != null) {
      line.append(": ").append(location);
      if (seen != null) {
        line.append(" may be ").append(seen);
      }
    } else if (figure != 0) {
      line.append(": ").append(figure == Long.MAX_VALUE ? "without a bound" : "up to " + figure);
    }
    return line.toString();
  }
}
