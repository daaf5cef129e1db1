package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.AsyncCode.BUFFER_FULL;
import static dev.ovsm.runtime.autonomous.AsyncCode.EVENT_LIMIT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_ARGUMENT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_BUFFER;
import static dev.ovsm.runtime.autonomous.AsyncCode.NULL_POINTER;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_DISCARD;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_OUTPUT;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_RESERVE;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_SUBMIT;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_DESTROY;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_POP;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_PUSH;

import dev.ovsm.sbpf.Syscall;
import java.util.List;

/** What calls with rings refuse. */
final class RingCases {
  private static final long HUGE = 1L << 63;

  private RingCases() {}

  static void addTo(Cases cases) {
    rings(cases);
  }

  private static void rings(Cases cases) {
    for (Syscall call : List.of(SOL_RINGBUF_OUTPUT, SOL_RING_BUFFER_PUSH)) {
      cases.values(call, NULL_POINTER, 2, 0);
      cases.values(call, INVALID_ARGUMENT, 3, 0, 57);
      cases.add(call, EVENT_LIMIT, "a hundred emissions before it", trial -> trial.emissions(100));
      cases.add(
          call,
          BUFFER_FULL,
          "a full ring",
          trial -> trial.script.call(call, trial.arguments[0], trial.bytes(56), 56));
    }
    cases.values(SOL_RINGBUF_OUTPUT, INVALID_ARGUMENT, 4, 1);
    cases.values(SOL_RINGBUF_RESERVE, INVALID_ARGUMENT, 2, 0, 57);
    cases.values(SOL_RINGBUF_RESERVE, INVALID_ARGUMENT, 3, 1);
    cases.add(
        SOL_RINGBUF_RESERVE,
        BUFFER_FULL,
        "a full ring",
        trial -> trial.script.call(SOL_RING_BUFFER_PUSH, trial.arguments[0], trial.bytes(56), 56));
    for (Syscall call :
        List.of(
            SOL_RINGBUF_RESERVE,
            SOL_RINGBUF_OUTPUT,
            SOL_RING_BUFFER_PUSH,
            SOL_RING_BUFFER_POP,
            SOL_RING_BUFFER_DESTROY)) {
      cases.values(call, INVALID_BUFFER, 1, 0, 2, Stage.MAP_ID, 1L << 32 | 1, -1, HUGE);
      cases.add(
          call,
          INVALID_BUFFER,
          "the ring of another program",
          trial -> trial.with(1, trial.foreign(Callbacks.calling(SOL_RING_BUFFER_CREATE, 64))));
      cases.add(
          call,
          INVALID_BUFFER,
          "a ring that was destroyed",
          trial -> trial.script.call(SOL_RING_BUFFER_DESTROY, trial.arguments[0]));
    }
    cases.values(SOL_RING_BUFFER_POP, NULL_POINTER, 2, 0);
    for (Syscall call : List.of(SOL_RINGBUF_SUBMIT, SOL_RINGBUF_DISCARD)) {
      cases.add(call, NULL_POINTER, "no record", trial -> trial.discarding().with(1, 0));
      cases.add(
          call,
          INVALID_BUFFER,
          "the middle of a record",
          trial -> trial.discarding().with(1, 0x5_0000_0004L));
      cases.add(
          call,
          INVALID_BUFFER,
          "a record that was submitted",
          trial -> trial.script.call(SOL_RINGBUF_SUBMIT, trial.arguments[0]));
      cases.add(call, INVALID_ARGUMENT, "r2 = 1", trial -> trial.discarding().with(2, 1));
    }
    cases.add(
        SOL_RINGBUF_SUBMIT,
        EVENT_LIMIT,
        "a hundred emissions before it",
        trial -> trial.discarding().emissions(100));
  }
}
