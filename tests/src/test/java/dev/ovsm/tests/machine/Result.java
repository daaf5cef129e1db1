package dev.ovsm.tests.machine;

import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.sbpf.MemoryMap;
import java.util.Arrays;
import java.util.Optional;

/**
 * Everything that an execution leaves.
 *
 * @param registers r0..r10, or none where they are not left
 * @param clearedStack the stack when it has been cleared for the next execution
 */
record Result(
    Outcome outcome,
    long[] registers,
    byte[] stack,
    byte[] clearedStack,
    byte[] heap,
    byte[] input) {
  private static final byte[] CLEAR = new byte[MemoryMap.STACK_BYTES];

  boolean isOk() {
    return outcome.fault() == null;
  }

  /** What went wrong and where, or nothing. */
  String fault() {
    Fault fault = outcome.fault();
    return fault == null ? "" : fault.kind() + " at " + fault.pc() + ": " + fault.text();
  }

  /** The first thing in which this is not what was expected. */
  Optional<String> differenceFrom(Result expected) {
    if (!fault().equals(expected.fault())) {
      return difference("fault", expected.fault(), fault());
    }
    if (outcome.instructions() != expected.outcome.instructions()) {
      return difference("instructions", expected.outcome.instructions(), outcome.instructions());
    }
    if (outcome.remaining() != expected.outcome.remaining()) {
      return difference("remaining", expected.outcome.remaining(), outcome.remaining());
    }
    if (outcome.r0() != expected.outcome.r0()) {
      return difference("r0", expected.outcome.r0(), outcome.r0());
    }
    if (registers.length > 0 && !Arrays.equals(registers, expected.registers)) {
      return difference(
          "registers", Arrays.toString(expected.registers), Arrays.toString(registers));
    }
    return bytes("stack", expected.stack, stack)
        .or(() -> bytes("cleared stack", CLEAR, clearedStack))
        .or(() -> bytes("heap", expected.heap, heap))
        .or(() -> bytes("input", expected.input, input));
  }

  private static Optional<String> bytes(String what, byte[] expected, byte[] actual) {
    int at = Arrays.mismatch(expected, actual);
    return at < 0 ? Optional.empty() : difference(what + " at " + at, expected[at], actual[at]);
  }

  private static Optional<String> difference(String what, Object expected, Object actual) {
    return Optional.of(what + ": expected " + expected + " but was " + actual);
  }
}
