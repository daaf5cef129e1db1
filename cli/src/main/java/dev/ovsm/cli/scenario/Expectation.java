package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Span;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.Kind;
import org.jspecify.annotations.Nullable;

/** What a scenario wants of a run. */
sealed interface Expectation {
  /** Where it stands in the scenario. */
  Span span();

  /** A condition that must hold when the run is over. */
  record AtEnd(Span span, String text, Expression condition) implements Expectation {}

  /** A condition that must hold at the end of every slot, that of start-up included. */
  record Always(Span span, String text, Expression condition) implements Expectation {}

  /** How often something must happen; {@code most} may be the largest number there is. */
  record Count(Span span, Counted what, long least, long most) implements Expectation {}

  /** What is counted. */
  sealed interface Counted {
    /** For people. */
    String words();
  }

  /** Events that programs put in their logs, by name. */
  record Event(String name) implements Counted {
    @Override
    public String words() {
      return "event " + name;
    }
  }

  /** Lines of the log that contain a text. */
  record Line(String text) implements Counted {
    @Override
    public String words() {
      return "log line with " + text;
    }
  }

  /** Fates of triggers, of registrations of one kind or of all. */
  record Met(Fate fate, @Nullable Kind kind) implements Counted {
    @Override
    public String words() {
      return "fate " + fate.name() + (kind == null ? "" : " of " + kind.word());
    }
  }
}
