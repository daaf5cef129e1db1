package dev.ovsm.tests.verifier;

import com.sun.management.OperatingSystemMXBean;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verifier;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the verifier takes for programs that are in use, and for those made to keep it busy. */
public final class VerifierSpeed {
  private static final int ROUNDS = 5;
  private static final int SLOTS = 65_536;
  private static final double MILLION = 1e6;

  /** The slots of a function with a loop. */
  private static final int LOOP = 4;

  private static final int MOVE = 0xb7;
  private static final int ADD = 0x07;
  private static final int JUMP_IF_BELOW = 0xa5;
  private static final int CALL = 0x85;
  private static final int EXIT = 0x95;
  private static final Manifest NO_MANIFEST =
      new Manifest("", List.of(), List.of(), List.of(), List.of());
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private VerifierSpeed() {}

  /** Prints a table of milliseconds: the first time in this process, then the median. */
  public static void print(RealVm vm) {
    System.out.printf(
        Locale.ROOT,
        "Java %s, %d processors; milliseconds of all processors, and until the answer%n%n"
            + "%-22s %9s | %9s %9s | %9s %9s | %9s%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        "program",
        "slots",
        "first",
        "answer",
        "median",
        "answer",
        "peak MiB");
    programs(vm).forEach(VerifierSpeed::print);
    System.out.printf(
        Locale.ROOT, "%n%9s | %9s | %s%n", "slots", "median", "microseconds a slot, of loops");
    for (int slots = SLOTS / 16; slots <= SLOTS; slots *= 2) {
      Program program = loops(slots);
      double median = measure(program).median();
      System.out.printf(
          Locale.ROOT, "%,9d | %,9.0f | %.1f%n", slots, median, 1_000 * median / slots);
    }
  }

  /** A program that calls functions, each of which has a loop. */
  private static Program loops(int slots) {
    int functions = (slots - 1) / (1 + LOOP);
    byte[] text = new byte[slots * Slot.BYTES];
    for (int pc = 0; pc < slots; pc++) {
      Slot.write(text, pc, Slot.of(EXIT, 0, 0, 0, 0));
    }
    for (int i = 0; i < functions; i++) {
      int start = functions + 1 + i * LOOP;
      Slot.write(text, i, Slot.of(CALL, 0, 1, 0, start - i - 1));
      Slot.write(text, start, Slot.of(MOVE, 1, 0, 0, 0));
      Slot.write(text, start + 1, Slot.of(ADD, 1, 0, 0, 1));
      Slot.write(text, start + 2, Slot.of(JUMP_IF_BELOW, 1, 0, -2, 10 + i % 90));
    }
    return program(text);
  }

  private static Program program(byte[] text) {
    return new Program(
        Version.V3, text, MemoryMap.BYTECODE, 0, new TreeMap<>(), new byte[0], 0, List.of());
  }

  private static Map<String, Program> programs(RealVm vm) {
    Map<String, Program> all = new LinkedHashMap<>();
    for (String name : List.of("token-2022", "token", "associated-token", "memo-v3")) {
      all.put(
          name,
          ElfLoader.load(vm.standardProgram(name).elf(), LoaderConfig.autonomous())
              .program()
              .orElseThrow());
    }
    for (HostileCodeTest.Shape shape : HostileCodeTest.Shape.values()) {
      byte[] text = shape.text(SLOTS);
      all.put(shape.name().toLowerCase(Locale.ROOT).replace('_', ' '), program(text));
    }
    return all;
  }

  /** Milliseconds of all processors and until the answer, the first time and usually. */
  private record Taken(
      double first, double answer, double median, double medianAnswer, long peak) {}

  private static Taken measure(Program program) {
    double[] taken = new double[ROUNDS];
    double[] answered = new double[ROUNDS];
    long peak = 0;
    double[] first = new double[2];
    for (int i = -1; i < ROUNDS; i++) {
      System.gc();
      heap().forEach(MemoryPoolMXBean::resetPeakUsage);
      long processors = PROCESS.getProcessCpuTime();
      long begun = System.nanoTime();
      Verifier.verify(program, NO_MANIFEST, pc -> Span.none(), Policy.standard());
      double answer = (System.nanoTime() - begun) / MILLION;
      double work = (PROCESS.getProcessCpuTime() - processors) / MILLION;
      peak = Math.max(peak, heap().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum());
      if (i < 0) {
        first = new double[] {work, answer};
      } else {
        taken[i] = work;
        answered[i] = answer;
      }
    }
    return new Taken(first[0], first[1], median(taken), median(answered), peak >> 20);
  }

  private static void print(String name, Program program) {
    Taken taken = measure(program);
    System.out.printf(
        Locale.ROOT,
        "%-22s %,9d | %,9.0f %,9.0f | %,9.0f %,9.0f | %,9d%n",
        name,
        program.slots(),
        taken.first(),
        taken.answer(),
        taken.median(),
        taken.medianAnswer(),
        taken.peak());
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
