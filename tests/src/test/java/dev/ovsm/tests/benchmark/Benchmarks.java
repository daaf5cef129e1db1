package dev.ovsm.tests.benchmark;

import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.verifier.VerifierSpeed;
import java.util.Locale;

/**
 * What {@code -Dbenchmark=NAME} runs: {@code machine} compares the machine with the real VM and
 * prints tables, {@code compiler} prints how long sources of growing size take, {@code runtime}
 * what the autonomous runtime takes, {@code threads} how much sooner more threads are done, {@code
 * verifier} what the verifier takes for real and for hostile programs, everything else is a pattern
 * of JMH benchmarks.
 */
public final class Benchmarks {
  private static final String MACHINE = "machine";
  private static final String COMPILER = "compiler";
  private static final String THREADS = "threads";
  private static final String RUNTIME = "runtime";
  private static final String VERIFIER = "verifier";

  private Benchmarks() {}

  /** Runs the benchmark that the only argument names. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(COMPILER)) {
      CompileSpeed.print();
      return;
    }
    if (arguments[0].equals(RUNTIME)) {
      RuntimeSpeed.print();
      return;
    }
    if (arguments[0].equals(THREADS)) {
      ThreadSpeed.print();
      return;
    }
    if (arguments[0].equals(VERIFIER)) {
      try (RealVm vm = RealVm.start()) {
        VerifierSpeed.print(vm);
      }
      return;
    }
    if (!arguments[0].equals(MACHINE)) {
      org.openjdk.jmh.Main.main(arguments);
      return;
    }
    try (RealVm vm = RealVm.start()) {
      RealVm.Hello hello = vm.hello();
      System.out.printf(
          Locale.ROOT,
          "Java %s, litesvm %s on Node.js %s, %d processors%n",
          Runtime.version(),
          hello.litesvm(),
          hello.node(),
          Runtime.getRuntime().availableProcessors());
      new KernelComparison(vm).print();
      new InvocationComparison(vm).print();
      new Compilations(vm).print();
    }
  }
}
