package dev.ovsm.tests.benchmark;

import dev.ovsm.runtime.vm.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each kernel on each of our engines, in a Java VM of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {
  /** The program; without values these are all of them. */
  @Param public Kernel kernel = Kernel.ADD_XOR;

  private Machine interpreter = Machine.interpreter(Kernel.exit());
  private Machine jit = Machine.jit(Kernel.exit());

  /** Loads the program for both engines. */
  @Setup
  public void load() {
    byte[] elf = kernel.elf();
    interpreter = Machine.interpreter(elf);
    jit = Machine.jit(elf);
  }

  /** One execution by the interpreter. */
  @Benchmark
  public Outcome interpreter() {
    return interpreter.execute();
  }

  /** One execution of compiled code. */
  @Benchmark
  public Outcome jit() {
    return jit.execute();
  }
}
