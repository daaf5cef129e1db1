package dev.ovsm.tests.benchmark;

import dev.ovsm.tests.launcher.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How long sources of growing size take to compile, whole process, and how long a line of them. */
final class CompileSpeed {
  private static final int[] LINES = {1_000, 10_000, 100_000};
  private static final int ROUNDS = 5;

  private CompileSpeed() {}

  static void print() throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "Compiling generated programs, %d times, Java %s, %d processors%n%n%10s %12s %10s %10s %12s%n",
        ROUNDS,
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
    String phases = "";
    for (int lines : LINES) {
      Files.writeString(source, GeneratedProgram.ofLines(lines));
      double[] seconds = new double[ROUNDS];
      double least = Double.MAX_VALUE;
      for (int i = 0; i < ROUNDS; i++) {
        long begin = System.nanoTime();
        Launch launch =
            Launch.ovsm(folder, "compile", "funds.ovsm", "-o", file.toString(), "--timings");
        seconds[i] = (System.nanoTime() - begin) / 1e9;
        least = Math.min(least, seconds[i]);
        if (launch.exitCode() != 0) {
          throw new IllegalStateException(launch.err());
        }
        phases = launch.err();
      }
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
    System.out.printf("%nThe phases of the last:%n%s", phases);
    Files.delete(source);
    Files.delete(file);
    Files.delete(folder);
  }
}
