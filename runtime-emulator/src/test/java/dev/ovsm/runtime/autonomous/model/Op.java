package dev.ovsm.runtime.autonomous.model;

import java.util.List;

/** What a program does, one system call or write at a time. */
public sealed interface Op {
  /** What a callback does; it fails in the end if the word of its program's map is not 0. */
  record Body(int entry, long spin, int failsWhile, List<Op> ops) {
    /** A number of {@link #failsWhile} for a callback that never, or always, fails. */
    public static final int NEVER = -1;

    public static final int ALWAYS = -2;

    public Body {
      ops = List.copyOf(ops);
    }
  }

  /** What a timed registration is. */
  enum Timed {
    TIMER,
    SCHEDULE,
    PERIODIC,
    DEADLINE
  }

  /** What a watcher waits for. */
  enum Watched {
    ABOVE,
    BELOW,
    MOVE,
    ANY
  }

  /** Runs a body in a slot; {@code more} is the period or the deadline. */
  record Time(Timed kind, long slot, long more, Body body, long budget) implements Op {}

  /** Watches a word of a program's map. */
  record Watch(int program, Watched kind, int word, long threshold, Body body, long budget)
      implements Op {}

  /** Subscribes to an event by name. */
  record Subscribe(String event, Body body, long budget) implements Op {}

  /** Subscribes to slots. */
  record Interval(long period, long start, Body body, long budget) implements Op {}

  /** Cancels a timed registration. */
  record Cancel(long id) implements Op {}

  /** Removes a watcher or subscription. */
  record Remove(long id) implements Op {}

  /** Sets a property of a registration. */
  record Configure(long id, long key, long value) implements Op {}

  /** Writes a word of the program's own map. */
  record Write(int word, long value) implements Op {}

  /** Emits an event without data. */
  record Emit(String event) implements Op {}

  /** Starts one of the program's work items. */
  record Work(int item) implements Op {}
}
