package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something of the runtime that must be handled in an order: which calls begin, prepare, use and
 * end it, and what each does to its {@link Phase}.
 */
public enum Resource {
  /** A reserved record of a ring buffer. */
  RECORD("record"),
  /** A number iterator. */
  ITERATOR("iterator"),
  /** A timer's handle, which lasts beyond the execution. */
  TIMER("timer"),
  /** A work queue's handle, which lasts beyond the execution. */
  QUEUE("work queue");

  private final String word;

  Resource(String word) {
    this.word = word;
  }

  /** How messages name it. */
  public String word() {
    return word;
  }

  /** How messages name one of them. */
  public String oneOf() {
    return (this == ITERATOR ? "an " : "a ") + word;
  }

  /** What happens to a resource. */
  enum Event {
    BEGIN,
    PREPARE,
    USE,
    END
  }

  /** An event of a resource whose address is the call's first argument, or its result. */
  record Act(Resource resource, Event event) {}

  /** What a call of the runtime does to a resource, if anything. */
  static Optional<Act> act(Syscall syscall) {
    return Optional.ofNullable(
        switch (syscall) {
          case SOL_RINGBUF_RESERVE -> new Act(RECORD, Event.BEGIN);
          case SOL_RINGBUF_SUBMIT, SOL_RINGBUF_DISCARD -> new Act(RECORD, Event.END);
          case SOL_ITER_NUM_NEW -> new Act(ITERATOR, Event.BEGIN);
          case SOL_ITER_NUM_NEXT, SOL_ITER_NUM_CURRENT -> new Act(ITERATOR, Event.USE);
          case SOL_ITER_NUM_DESTROY -> new Act(ITERATOR, Event.END);
          case SOL_TIMER_INIT -> new Act(TIMER, Event.BEGIN);
          case SOL_TIMER_SET_CALLBACK -> new Act(TIMER, Event.PREPARE);
          case SOL_TIMER_START -> new Act(TIMER, Event.USE);
          case SOL_WQ_INIT -> new Act(QUEUE, Event.BEGIN);
          case SOL_WQ_SET_CALLBACK -> new Act(QUEUE, Event.PREPARE);
          case SOL_WQ_START -> new Act(QUEUE, Event.USE);
          default -> null;
        });
  }

  /** Whether it must be over when the execution ends well. */
  boolean mustEnd() {
    return this == RECORD || this == ITERATOR;
  }

  /** Whether it lasts, so that an earlier execution may have prepared it. */
  boolean lasts() {
    return this == TIMER || this == QUEUE;
  }

  /** What is wrong with an event in a phase; null if nothing is. */
  @Nullable Misuse misuse(Event event, Phase phase) {
    if (lasts()) {
      return event == Event.USE && phase == Phase.OPEN ? Misuse.NOT_READY : null;
    }
    return switch (phase) {
      case UNBEGUN -> event == Event.BEGIN ? null : Misuse.NOT_BEGUN;
      case NULL -> event == Event.BEGIN ? null : Misuse.NULL_USED;
      case OPEN, READY -> event == Event.BEGIN ? Misuse.BEGUN_AGAIN : null;
      case CLOSED -> event == Event.BEGIN ? null : Misuse.USED_AFTER_END;
    };
  }

  /** The phases that may follow an event in a phase. */
  int after(Event event, Phase phase) {
    return switch (event) {
      case BEGIN ->
          this == RECORD
              ? Phase.NULL.only() | Phase.OPEN.only()
              : lasts() && phase == Phase.READY ? phase.only() : Phase.OPEN.only();
      // Whether an earlier execution began it is not known.
      case PREPARE -> Phase.READY.only() | (phase == Phase.UNBEGUN ? phase.only() : 0);
      case USE -> phase.only();
      case END -> phase == Phase.NULL ? phase.only() : Phase.CLOSED.only();
    };
  }
}
