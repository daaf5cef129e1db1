package dev.ovsm.tests.benchmark;

import dev.ovsm.tests.launcher.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How long sources of growing size take to compile, whole process, and how long a line of them. */
final class CompileSpeed {
  private static final int[] LINES = {1_000, 10_000, 100_000};

  /** So often a program is compiled, and a long one a few times. */
  private static final int ROUNDS = 5;

  private static final int FEW_ROUNDS = 3;
  private static final int LONG = 50_000;

  private CompileSpeed() {}

  static void print() throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "Compiling generated programs, %d times, long ones %d times, Java %s, %d processors%n%n%10s %12s %10s %10s %12s%n",
        ROUNDS,
        FEW_ROUNDS,
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        "lines",
        "file bytes",
        "median s",
        "least s",
        "us a line");
    Path folder = Files.createTempDirectory("ovsm-benchmark");
    Path source = folder.resolve("funds.ovsm");
    Path file = folder.resolve("funds.so");
    StringBuilder phases = new StringBuilder();
    for (int lines : LINES) {
      Files.writeString(source, GeneratedProgram.ofLines(lines));
      double[] seconds = new double[lines < LONG ? ROUNDS : FEW_ROUNDS];
      double least = Double.MAX_VALUE;
      String last = "";
      for (int i = 0; i < seconds.length; i++) {
        long begin = System.nanoTime();
        Launch launch =
            Launch.ovsm(folder, "compile", "funds.ovsm", "-o", file.toString(), "--timings");
        seconds[i] = (System.nanoTime() - begin) / 1e9;
        least = Math.min(least, seconds[i]);
        if (launch.exitCode() != 0) {
          throw new IllegalStateException(launch.err());
        }
        last = launch.err();
      }
      phases.append(String.format(Locale.ROOT, "%n%,d lines:%n%s", lines, last));
      double median = Figures.median(seconds);
      System.out.printf(
          Locale.ROOT,
          "%,10d %,12d %10.2f %10.2f %12.1f%n",
          lines,
          Files.size(file),
          median,
          least,
          median * 1e6 / lines);
    }
    System.out.printf("%nThe phases of the last time of each%n%s", phases);
    Files.delete(source);
    Files.delete(file);
    Files.delete(folder);
  }
}
