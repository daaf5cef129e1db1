package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.Property;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an execution has begun and not ended, told from its calls of the runtime and their results;
 * whatever is said to be safe and goes wrong is told.
 */
final class Lives {
  /** What says that there is no room, or that it is too late: programs are meant to look at it. */
  private static final Set<Long> CIRCUMSTANCES =
      Set.of(4L, 5L, 6L, 7L, 9L, 10L, 12L, 13L, 16L, 18L);

  private static final long INVALID_HANDLE = 2;
  private static final long BUDGET = 11;

  private final Predicate<Property> safe;
  private final Consumer<String> violated;
  private final Set<Long> records = new HashSet<>();
  private final Set<Long> iterators = new HashSet<>();

  /** Timers and work queues that this execution began, and whether they have a callback. */
  private final Map<Long, Boolean> timers = new HashMap<>();

  private final Map<Long, Boolean> queues = new HashMap<>();
  private @Nullable Syscall last;
  private @Nullable Syscall refused;
  private long[] registers = {};
  private int at;
  private int refusedAt;
  private long calls;
  private long registered;

  Lives(Predicate<Property> safe, Consumer<String> violated) {
    this.safe = safe;
    this.violated = violated;
  }

  long calls() {
    return calls;
  }

  long registered() {
    return registered;
  }

  private void wrong(String text) {
    if (safe.test(Property.PROTOCOL)) {
      violated.accept(text + " at " + at);
    }
  }

  /** A call comes next. */
  void calling(Syscall syscall, long[] values, int pc) {
    last = syscall;
    registers = Arrays.copyOf(values, 6);
    at = pc;
    long first = registers[1];
    calls++;
    switch (syscall) {
      case SOL_RINGBUF_SUBMIT, SOL_RINGBUF_DISCARD -> {
        if (!records.contains(first)) {
          wrong("a record is given back that is not open");
        }
      }
      case SOL_ITER_NUM_NEW -> {
        if (!iterators.add(first)) {
          wrong("an iterator is begun again");
        }
      }
      case SOL_ITER_NUM_NEXT, SOL_ITER_NUM_CURRENT -> {
        if (!iterators.contains(first)) {
          wrong("an iterator is used that is not open");
        }
      }
      case SOL_ITER_NUM_DESTROY -> {
        if (!iterators.remove(first)) {
          wrong("an iterator is ended that is not open");
        }
      }
      case SOL_TIMER_START -> started(timers, first);
      case SOL_WQ_START -> started(queues, first);
      default -> calls--;
    }
  }

  private void started(Map<Long, Boolean> handles, long handle) {
    if (Boolean.FALSE.equals(handles.get(handle))) {
      wrong("a handle without a callback is started");
    }
  }

  private static void put(Map<Long, Boolean> handles, long handle, boolean ready, long code) {
    if (code == 0) {
      handles.put(handle, ready);
    }
  }

  /** The call that came last, if it has not been told, has a result. */
  void returned(long result) {
    if (last == null) {
      return;
    }
    Syscall syscall = last;
    last = null;
    long first = registers[1];
    switch (syscall) {
      case SOL_RINGBUF_RESERVE -> {
        if (result != 0) {
          records.add(result);
        }
      }
      case SOL_RINGBUF_SUBMIT, SOL_RINGBUF_DISCARD -> {
        if (result == 0) {
          records.remove(first);
        } else {
          wrong("a record is not taken back, code " + result);
        }
      }
      case SOL_TIMER_INIT -> put(timers, first, false, result);
      case SOL_WQ_INIT -> put(queues, first, false, result);
      case SOL_TIMER_SET_CALLBACK -> put(timers, first, true, result);
      case SOL_WQ_SET_CALLBACK -> put(queues, first, true, result);
      case SOL_ASYNC_LAST_ERROR -> {
        if (refused != null) {
          code(refused, refusedAt, result);
        }
      }
      default -> {}
    }
    refused = null;
    if (syscall.effects().contains(Effect.REGISTERS)) {
      registers(syscall, result);
    }
  }

  private void registers(Syscall syscall, long result) {
    boolean codes = syscall == Syscall.SOL_TIMER_START || syscall == Syscall.SOL_WQ_START;
    registered++;
    if (codes && result != 0) {
      code(syscall, at, result);
    } else if (!codes && result == 0) {
      refused = syscall;
      refusedAt = at;
    }
  }

  /** A registration was refused with a code. */
  private void code(Syscall syscall, int pc, long code) {
    registered--;
    boolean handle = code == INVALID_HANDLE;
    boolean told = CIRCUMSTANCES.contains(code) || handle;
    Property property = code == BUDGET ? Property.BUDGET : Property.REGISTRATIONS;
    if (!told && safe.test(property)) {
      violated.accept(syscall.symbol() + " is refused at " + pc + " with code " + code);
    }
  }

  /** The execution is over, and all is well. */
  void ended() {
    if (!records.isEmpty() || !iterators.isEmpty()) {
      wrong("something is left open");
    }
  }
}
