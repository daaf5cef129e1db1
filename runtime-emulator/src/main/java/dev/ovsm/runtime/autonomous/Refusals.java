package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.AsyncCode.BUDGET_EXCEEDED;
import static dev.ovsm.runtime.autonomous.AsyncCode.BUFFER_FULL;
import static dev.ovsm.runtime.autonomous.AsyncCode.EVENT_LIMIT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INSUFFICIENT_ESCROW;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_ARGUMENT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_BUFFER;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_SLOT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_TIMER;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_WATCHER;
import static dev.ovsm.runtime.autonomous.AsyncCode.MAX_BUFFERS;
import static dev.ovsm.runtime.autonomous.AsyncCode.MAX_TIMERS;
import static dev.ovsm.runtime.autonomous.AsyncCode.MAX_WATCHERS;
import static dev.ovsm.runtime.autonomous.AsyncCode.NO_CAPACITY;
import static dev.ovsm.runtime.autonomous.AsyncCode.NO_PROGRAM;
import static dev.ovsm.runtime.autonomous.AsyncCode.NULL_POINTER;
import static dev.ovsm.runtime.autonomous.AsyncCode.QUEUE_FULL;
import static dev.ovsm.runtime.autonomous.AsyncCode.SHUTDOWN;
import static dev.ovsm.runtime.autonomous.AsyncCode.TAIL_CALL_LIMIT;

import dev.ovsm.sbpf.Syscall;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** With which codes each autonomous system call can fail; it never fails with another. */
public final class Refusals {
  /** What creating a registration of any kind can fail with. */
  private static final Set<AsyncCode> CREATION =
      codes(
          NULL_POINTER,
          SHUTDOWN,
          BUDGET_EXCEEDED,
          NO_CAPACITY,
          INSUFFICIENT_ESCROW,
          INVALID_ARGUMENT);

  private Refusals() {}

  /** The codes of one system call, in the order of their numbers; none if it cannot fail. */
  public static Set<AsyncCode> of(Syscall syscall) {
    return switch (syscall) {
      case SOL_TIMER_INIT ->
          codes(
              NULL_POINTER,
              INVALID_TIMER,
              MAX_TIMERS,
              SHUTDOWN,
              NO_CAPACITY,
              INSUFFICIENT_ESCROW,
              INVALID_ARGUMENT);
      case SOL_WQ_INIT ->
          codes(
              NULL_POINTER,
              INVALID_TIMER,
              SHUTDOWN,
              NO_CAPACITY,
              INSUFFICIENT_ESCROW,
              INVALID_ARGUMENT);
      case SOL_TIMER_SET_CALLBACK, SOL_WQ_SET_CALLBACK ->
          codes(NULL_POINTER, INVALID_TIMER, BUDGET_EXCEEDED, NO_CAPACITY, INVALID_ARGUMENT);
      case SOL_TIMER_START ->
          codes(NULL_POINTER, INVALID_TIMER, MAX_TIMERS, INVALID_SLOT, SHUTDOWN, INVALID_ARGUMENT);
      case SOL_WQ_START ->
          codes(NULL_POINTER, INVALID_TIMER, SHUTDOWN, INVALID_ARGUMENT, QUEUE_FULL);
      case SOL_TIMER_CANCEL -> codes(NULL_POINTER, INVALID_TIMER);
      case SOL_RINGBUF_RESERVE -> codes(INVALID_BUFFER, BUFFER_FULL, INVALID_ARGUMENT);
      case SOL_RINGBUF_SUBMIT -> codes(NULL_POINTER, INVALID_BUFFER, EVENT_LIMIT, INVALID_ARGUMENT);
      case SOL_RINGBUF_DISCARD -> codes(NULL_POINTER, INVALID_BUFFER, INVALID_ARGUMENT);
      case SOL_RINGBUF_OUTPUT, SOL_RING_BUFFER_PUSH ->
          codes(NULL_POINTER, INVALID_BUFFER, BUFFER_FULL, EVENT_LIMIT, INVALID_ARGUMENT);
      case SOL_RING_BUFFER_POP -> codes(NULL_POINTER, INVALID_BUFFER);
      case SOL_RING_BUFFER_CREATE -> codes(SHUTDOWN, MAX_BUFFERS, NO_CAPACITY, INVALID_ARGUMENT);
      case SOL_RING_BUFFER_DESTROY -> codes(INVALID_BUFFER);
      case SOL_TAIL_CALL -> codes(TAIL_CALL_LIMIT, NO_PROGRAM, INVALID_ARGUMENT);
      case SOL_ITER_NUM_NEW -> codes(NULL_POINTER, INVALID_ARGUMENT);
      case SOL_ITER_NUM_NEXT, SOL_ITER_NUM_CURRENT, SOL_ITER_NUM_DESTROY -> codes(NULL_POINTER);
      case SOL_SUBSCRIBE_EVENT -> and(CREATION, MAX_WATCHERS, INVALID_SLOT);
      case SOL_WATCH_ACCOUNT,
          SOL_WATCHER_CREATE,
          SOL_WATCHER_CREATE_THRESHOLD,
          SOL_WATCHER_CREATE_PATTERN ->
          and(CREATION, MAX_WATCHERS);
      case SOL_TIMER_CREATE,
          SOL_TIMER_CREATE_PERIODIC,
          SOL_TIMER_CREATE_DEADLINE,
          SOL_SCHEDULE_EXECUTION ->
          and(CREATION, MAX_TIMERS, INVALID_SLOT);
      case SOL_EMIT_EVENT ->
          codes(NULL_POINTER, BUFFER_FULL, INSUFFICIENT_ESCROW, EVENT_LIMIT, INVALID_ARGUMENT);
      case SOL_REGISTRATION_SET ->
          codes(INVALID_TIMER, INVALID_WATCHER, INVALID_BUFFER, INVALID_ARGUMENT);
      case SOL_WATCHER_REMOVE -> codes(INVALID_WATCHER);
      case SOL_QUERY_SUBSCRIPTIONS, SOL_GET_TRIGGER_CONTEXT -> codes(NULL_POINTER);
      case SOL_ML_FORWARD, SOL_ML_DECISION_TREE -> codes(NULL_POINTER, INVALID_ARGUMENT);
      default -> Set.of();
    };
  }

  private static Set<AsyncCode> codes(AsyncCode... codes) {
    return and(Set.of(), codes);
  }

  private static Set<AsyncCode> and(Set<AsyncCode> some, AsyncCode... more) {
    Set<AsyncCode> all = EnumSet.noneOf(AsyncCode.class);
    all.addAll(some);
    all.addAll(Arrays.asList(more));
    return Collections.unmodifiableSet(all);
  }
}
