package dev.ovsm.tests.benchmark;

import dev.ovsm.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much sooner a run of programs that share no accounts is over with more threads. */
final class ThreadSpeed {
  private static final int PROGRAMS = 16;
  private static final int SLOTS = 300;
  private static final int ROUNDS = 3;
  private static final List<Integer> THREADS = List.of(1, 2, 4);

  private final Path folder;
  private final int steps;

  /** Programs in a folder whose callbacks take so many steps. */
  private ThreadSpeed(Path folder, int steps) {
    this.folder = folder;
    this.steps = steps;
  }

  /** Measures and prints the table. */
  static void print() throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%nA run of %d programs over %d slots, best of %d: seconds by threads, on %d processors%n",
        PROGRAMS,
        SLOTS,
        ROUNDS,
        Runtime.getRuntime().availableProcessors());
    System.out.printf("%16s", "steps a callback");
    THREADS.forEach(threads -> System.out.printf("%9d", threads));
    System.out.printf("%15s%n", "best speed-up");
    for (int steps : List.of(10, 500, 2_000, 10_000)) {
      Path folder = Files.createTempDirectory("ovsm-threads");
      new ThreadSpeed(folder, steps).row();
    }
  }

  private void row() throws IOException {
    List<String> programs = new ArrayList<>();
    for (int i = 0; i < PROGRAMS; i++) {
      Path source = folder.resolve("beat_" + i + ".ovsm");
      Path program = folder.resolve("beat_" + i + ".so");
      // what arms timers anew would wait for its turn; this does arithmetic in every slot
      Files.writeString(
          source,
          """
          (define-map state-map
            :type ARRAY
            :max-entries 1
            :key u32
            :value {:sum u64})

          (defun beat ()
            (do
              (define state (map-lookup state-map 0))
              (define sum (get state "sum"))
              (dotimes (i %d)
                (set! sum (bit-xor (wrapping-mul sum 6364136223846793005) i)))
              (set! (get state "sum") sum)))

          (define-program start-init
            (lambda ()
              (do
                (define state (map-lookup state-map 0))
                (set! (get state "sum") 1)
                (sol-timer-create-periodic (+ (sol-get-slot) 1) 1 (lambda () (beat)) 400000))))
          """
              .formatted(steps));
      run(List.of("compile", source.toString(), "-o", program.toString(), "-q"));
      programs.add(program.toString());
    }
    System.out.printf(Locale.ROOT, "%,16d", steps);
    double[] best = new double[THREADS.size()];
    Arrays.fill(best, Double.MAX_VALUE);
    for (int round = 0; round <= ROUNDS; round++) {
      for (int i = 0; i < best.length; i++) {
        double seconds = seconds(programs, THREADS.get(i));
        // the first round warms the machine
        best[i] = round == 0 ? best[i] : Math.min(best[i], seconds);
      }
    }
    for (double seconds : best) {
      System.out.printf(Locale.ROOT, "%9.2f", seconds);
    }
    double least = Arrays.stream(best).min().orElseThrow();
    System.out.printf(Locale.ROOT, "%15.2f%n", best[0] / least);
  }

  private static double seconds(List<String> programs, int threads) {
    List<String> command = new ArrayList<>(List.of("run"));
    command.addAll(programs);
    command.addAll(List.of("--slots", Integer.toString(SLOTS), "-q", "--run-folder", "none"));
    command.addAll(List.of("--slot-budget", "100000000", "--threads", Integer.toString(threads)));
    long before = System.nanoTime();
    run(command);
    return (System.nanoTime() - before) / 1e9;
  }

  private static void run(List<String> command) {
    int code = Main.run(command, OutputStream.nullOutputStream(), System.err);
    if (code != 0) {
      throw new IllegalStateException(command + " ends with " + code);
    }
  }
}
