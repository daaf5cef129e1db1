package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The least bound of a loop that was offered so far, and why the others were none. */
final class Candidates {
  private long times = LoopBound.NONE;
  private boolean ends;
  private Supplier<String> why = () -> "";
  private String end = "";
  private Supplier<String> obstacle = () -> "no value moves by a known amount each time around";

  /** A bound on the rounds, {@link LoopBound#NONE} if there is none. */
  long times() {
    return times;
  }

  /** Whether the loop ends, be it after an unknown number of rounds. */
  boolean ends() {
    return ends || times != LoopBound.NONE;
  }

  void offer(long bound, Supplier<String> reason) {
    if (bound < times) {
      times = bound;
      why = reason;
    }
  }

  void move(Word first, Word seen, Step step) {
    long bound = Span.times(first, seen, step);
    offer(bound, () -> "a value moves by " + step + " within " + seen);
    if (bound == LoopBound.NONE) {
      obstacle = () -> "a value moves by " + step + ", but nothing keeps it from wrapping around";
    }
  }

  /** Notes that the loop ends though nobody knows how soon. */
  void ends(String reason) {
    end = ends ? end : reason;
    ends = true;
  }

  void stands(@Nullable Step step) {
    if (step != null && !step.equals(Step.NONE)) {
      obstacle = () -> "a value moves by " + step + ", so that it may stand still";
    }
  }

  String reason(boolean untested) {
    if (times != LoopBound.NONE) {
      return why.get();
    }
    return ends ? end : untested ? "no way out is tested every time around" : obstacle.get();
  }
}
