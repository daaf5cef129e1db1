package dev.ovsm.tests.benchmark;

import com.google.gson.JsonElement;
import dev.ovsm.runtime.transaction.TransactionCodec;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RealVm.TimeRequest;
import dev.ovsm.tests.realvm.RealVm.Timing;
import java.util.List;
import java.util.Locale;

/**
 * Kernels on the real VM, our JIT and our interpreter, in turns, so that whatever slows the machine
 * down slows all of them down. Every run's result and instruction count are compared.
 *
 * <p>A kernel runs for long enough that what surrounds it does not count: a transaction there, a
 * fresh memory here.
 */
final class KernelComparison {
  private static final int ROUNDS = 9;

  /** So that the Java VM has compiled what it will, however short one execution is. */
  private static final long WARM_UP_NANOS = 1_500_000_000;

  private final RealVm vm;
  private double product = 1;
  private int factors;

  KernelComparison(RealVm vm) {
    this.vm = vm;
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%nMillions of instructions a second, median of %d runs taken in turns%n%n"
            + "%-14s %12s %9s %9s %9s %9s %9s %9s%n",
        ROUNDS,
        "kernel",
        "instructions",
        "real VM",
        "JIT",
        "interp.",
        "JIT/real",
        "at least",
        "int/real");
    for (Kernel kernel : Kernel.values()) {
      print(kernel);
    }
    System.out.printf(
        Locale.ROOT,
        "%-14s %52s %9.2f %9.2f%n",
        "geometric mean",
        "of the kernels from add xor to collatz",
        Math.pow(product, 1.0 / factors),
        1.0);
  }

  private void print(Kernel kernel) {
    byte[] elf = kernel.elf();
    Machine jit = Machine.jit(elf);
    Machine interpreter = Machine.interpreter(elf);
    Outcome expected = interpreter.execute();
    warmUp(jit, expected);
    warmUp(interpreter, expected);
    double[] real = new double[ROUNDS];
    double[] compiled = new double[ROUNDS];
    double[] interpreted = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      real[i] = timedReal(elf, expected);
      compiled[i] = timed(jit, expected);
      interpreted[i] = timed(interpreter, expected);
    }
    double millions = expected.instructions() / 1e6;
    double realSpeed = millions / Figures.median(real);
    double jitSpeed = millions / Figures.median(compiled);
    double interpreterSpeed = millions / Figures.median(interpreted);
    double ratio = jitSpeed / realSpeed;
    if (kernel.kind() == Kernel.Kind.ALU) {
      product *= ratio;
      factors++;
    }
    System.out.printf(
        Locale.ROOT,
        "%-14s %,12d %,9.0f %,9.0f %,9.0f %9.2f %9.2f %9s%n",
        kernel.word(),
        expected.instructions(),
        realSpeed,
        jitSpeed,
        interpreterSpeed,
        ratio,
        kernel.kind().target(),
        String.format(Locale.ROOT, "1/%.1f", realSpeed / interpreterSpeed));
  }

  private static void warmUp(Machine machine, Outcome expected) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < WARM_UP_NANOS) {
      timed(machine, expected);
    }
  }

  /** Seconds of one execution. */
  private static double timed(Machine machine, Outcome expected) {
    long begin = System.nanoTime();
    Outcome outcome = machine.execute();
    double seconds = (System.nanoTime() - begin) / 1e9;
    check(outcome.r0() == expected.r0() && outcome.instructions() == expected.instructions());
    return seconds;
  }

  private double timedReal(byte[] elf, Outcome expected) {
    Timing timing =
        vm.time(
            new TimeRequest(
                List.of(new Program(Program.ANY_ID, elf, Loader.UPGRADEABLE)),
                List.of(),
                List.of(Transfers.payer()),
                Machine.BUDGET,
                TransactionCodec.write(Transfers.plain(Program.ANY_ID)),
                3,
                1));
    JsonElement error = timing.outcome().err();
    check(timing.outcome().computeUnits() == expected.instructions());
    check(error != null && error.toString().contains("{\"Custom\":" + expected.r0() + "}"));
    return Figures.median(timing.nanos().stream().mapToDouble(nanos -> nanos / 1e9).toArray());
  }

  private static void check(boolean equal) {
    if (!equal) {
      throw new IllegalStateException("the engines do not agree");
    }
  }
}
