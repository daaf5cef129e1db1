package dev.ovsm.tests.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RunRequest;
import dev.ovsm.tests.realvm.RunRequest.Run;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A small program that calls one syscall with arguments and memory from its instruction data, and
 * gives back r0 and what the syscall wrote to the heap.
 *
 * <p>The data is five arguments, the number of bytes to give back, then the payload. With no
 * accounts it stands at a fixed address, so that payloads can hold pointers into themselves.
 */
final class SyscallProbe {
  /** Where a result goes: r0 stands before it. */
  static final long RESULT = 0x3_0000_0008L;

  private static final long DATA = 0x4_0000_0010L;
  private static final int HEADER = 48;
  private static final long HEAP = 0x3_0000_0000L;
  static final long BUDGET = 1_000_000_000L;
  private static final int BATCH = 500;

  private final RealVm vm;
  private final Features features;
  private final Program program;
  private final List<Call> calls = new ArrayList<>();

  private record Call(byte[] data, long budget) {}

  SyscallProbe(RealVm vm, Features features, String syscall) {
    this.vm = vm;
    this.features = features;
    HandElf elf = new HandElf().put(0xbf, 6, 2, 0, 0);
    for (int i = 1; i <= 5; i++) {
      elf.put(0x79, i, 6, 8 * (i - 1), 0);
    }
    elf.syscall(syscall).lddw(1, HEAP).put(0x7b, 1, 0, 0, 0).put(0x79, 2, 6, 40, 0);
    elf.put(0x07, 2, 0, 0, 8).syscall("sol_set_return_data").put(0xb7, 0, 0, 0, 0).exit();
    program = Program.of(elf.v3(new byte[0]));
  }

  /** What came of a call: the bytes when r0 is 0, none otherwise. */
  record Answer(@Nullable Long r0, byte @Nullable [] bytes, String failure) {
    boolean succeeded() {
      return r0 != null && r0 == 0;
    }

    /** The result when r0 is 0, null for any other r0; a failed program is an error. */
    byte @Nullable [] result() {
      if (r0 == null) {
        throw new AssertionError("the program failed: " + failure);
      }
      return r0 == 0 ? bytes : null;
    }
  }

  /** Memory for one call, with the addresses of its parts. */
  static final class Payload {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Appends bytes at a multiple of 8 and gives their address. */
    long put(byte[] bytes) {
      while (out.size() % 8 != 0) {
        out.write(0);
      }
      long address = DATA + HEADER + out.size();
      out.writeBytes(bytes);
      return address;
    }

    /** Appends slices and the table of their addresses and lengths; gives the table's address. */
    long putSlices(List<byte[]> slices) {
      List<Long> table = new ArrayList<>();
      slices.forEach(
          slice -> {
            table.add(put(slice));
            table.add((long) slice.length);
          });
      return put(words(table));
    }
  }

  static byte[] words(List<Long> values) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(buffer::putLong);
    byte[] bytes = new byte[buffer.capacity()];
    buffer.flip().get(bytes);
    return bytes;
  }

  /** Notes a call with up to five arguments. */
  void call(Payload payload, int resultLength, Long... arguments) {
    call(BUDGET, payload, resultLength, arguments);
  }

  /** Notes a call in an invocation with a budget. */
  void call(long budget, Payload payload, int resultLength, Long... arguments) {
    List<Long> header = new ArrayList<>(List.of(arguments));
    while (header.size() < 5) {
      header.add(0L);
    }
    header.add((long) resultLength);
    byte[] memory = payload.out.toByteArray();
    byte[] data = Arrays.copyOf(words(header), HEADER + memory.length);
    System.arraycopy(memory, 0, data, HEADER, memory.length);
    calls.add(new Call(data, budget));
  }

  /** Makes the noted calls; their answers in order. */
  List<Answer> answers() {
    return outcomes().stream().map(SyscallProbe::answer).toList();
  }

  private List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int from = 0; from < calls.size(); from += BATCH) {
      List<Run> runs =
          calls.subList(from, Math.min(from + BATCH, calls.size())).stream()
              .map(call -> Run.of(call.data).withBudget(call.budget))
              .toList();
      outcomes.addAll(vm.run(RunRequest.of(program, runs).with(features)));
    }
    return outcomes;
  }

  /**
   * Makes the noted calls in the emulator, too, and compares all that came of them: error, compute
   * units, log, r0 and result.
   *
   * @return how many of the calls ended with 0 in r0
   */
  long compare(String what, Comparisons comparisons) {
    Emulated emulated = new Emulated(program.elf(), features);
    List<Outcome> real = outcomes();
    for (int i = 0; i < real.size(); i++) {
      String ours = emulated.invoke(calls.get(i).data, calls.get(i).budget);
      comparisons.equal(what + " " + i, ours, Emulated.text(real.get(i)));
    }
    return real.stream().map(SyscallProbe::answer).filter(Answer::succeeded).count();
  }

  /** Like {@link #compare}, of calls most of which shall succeed and some not. */
  void compareMixed(String what, Comparisons comparisons) {
    assertThat(compare(what, comparisons))
        .as(what + ": calls with a result")
        .isBetween(calls.size() / 10L, calls.size() - 1L);
  }

  /** Makes the noted calls and compares their results with ours; null is no result. */
  void compareResults(String what, List<byte @Nullable []> ours, Comparisons comparisons) {
    List<Answer> answers = answers();
    for (int i = 0; i < ours.size(); i++) {
      comparisons.equal(what + " " + i, ours.get(i), answers.get(i).result());
    }
  }

  /** Makes the noted calls; in how many of them the results are not ours. */
  long differences(List<byte @Nullable []> ours) {
    List<Answer> answers = answers();
    return IntStream.range(0, ours.size())
        .filter(i -> !Arrays.equals(ours.get(i), answers.get(i).result()))
        .count();
  }

  private static Answer answer(Outcome outcome) {
    if (!outcome.ok()) {
      return new Answer(null, null, outcome.failure());
    }
    byte[] returned = Arrays.copyOf(outcome.returnedBytes(), outcome.returnedBytes().length);
    long r0 = ByteBuffer.wrap(Arrays.copyOf(returned, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] bytes =
        returned.length <= 8 ? new byte[0] : Arrays.copyOfRange(returned, 8, returned.length);
    return new Answer(r0, bytes, "");
  }
}
