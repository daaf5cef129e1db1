package dev.ovsm.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer that is killed at any moment leaves a whole archive: none older than the last that it
 * finished.
 */
class KilledWriterTest {
  private static final int KILLS = 12;
  private static final int MOST_TURNS = 6;

  @TempDir private Path folder;

  @Test
  void leavesAWholeArchive() throws IOException, InterruptedException {
    Path file = folder.resolve("x.snapshot");
    Random random = new Random(7);
    for (int i = 0; i < KILLS; i++) {
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Rewriter.class.getName(),
                  file.toString())
              .start();
      BufferedReader told = writer.inputReader(StandardCharsets.UTF_8);
      int last = 1 + i % MOST_TURNS;
      for (int turn = 1; turn <= last; turn++) {
        assertThat(told.readLine()).isEqualTo(Integer.toString(turn));
      }
      // somewhere in the next turn
      Thread.sleep(random.nextInt(10));
      // SIGKILL: nothing of the process runs any more
      writer.destroyForcibly().waitFor();
      Archive.Reading reading = Archive.read(file, Rewriter.KIND);
      assertThat(reading.problem()).isEmpty();
      assertThat(reading.parts()).containsOnlyKeys("noise", "turn");
      byte[] turn = Objects.requireNonNull(reading.parts().get("turn"));
      assertThat((int) turn[0]).isGreaterThanOrEqualTo(last);
    }
  }
}
