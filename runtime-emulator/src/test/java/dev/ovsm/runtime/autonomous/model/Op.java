package dev.ovsm.runtime.autonomous.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** Makes a timer or a work item whose handle stands at a place of the program's map. */
  record Init(boolean isTimer, int place) implements Op {}

  /** Says what the handle at a place runs. */
  record SetCallback(boolean isTimer, int place, Body body) implements Op {}

  /** Starts the handle at a place, a timer so many slots from now. */
  record Start(boolean isTimer, int place, long slots) implements Op {}

  /** Cancels the timer whose handle stands at a place. */
  record CancelAt(int place) implements Op {}

  /**
   * Writes what stands at another place over a handle, or zeros if that is {@link #NOWHERE}; the
   * map may say that it evicted something.
   */
  record Overwrite(int place, int from, boolean isEviction) implements Op {
    public static final int NOWHERE = -1;
  }

  /** Makes a ring. */
  record MakeRing(long size) implements Op {}

  /** Frees a ring. */
  record DestroyRing(long id) implements Op {}

  /** Puts a record of bytes that are all the same on a ring, in either way. */
  record Push(long id, int length, int content, boolean isOutput) implements Op {}

  /** Takes a record off a ring if it has at most so many bytes, and looks at its first. */
  record Pop(long id, int room) implements Op {}

  /** Makes room for a record and fills its first 8 bytes with the same number. */
  record Reserve(long id, int length, int content) implements Op {}

  /** Submits or discards what the n-th {@link Reserve} of these operations made. */
  record Release(int reservation, boolean isSubmitted) implements Op {}

  /**
   * Becomes the entry in an element of the program array, which does the rest, or does everything
   * from the start if that is null.
   */
  record Tail(int index, @Nullable List<Op> rest) implements Op {}

  /** Closes the program that does it. */
  record Close() implements Op {}
}
