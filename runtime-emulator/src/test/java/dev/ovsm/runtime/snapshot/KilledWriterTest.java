package dev.ovsm.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed at any moment leaves a whole archive: its last one or the one before. */
class KilledWriterTest {
  private static final int KILLS = 12;

  @TempDir private Path folder;

  @Test
  void leavesAWholeArchive() throws IOException, InterruptedException {
    Path file = folder.resolve("x.snapshot");
    Random random = new Random(7);
    Set<Byte> turns = new HashSet<>();
    for (int i = 0; i < KILLS; i++) {
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Rewriter.class.getName(),
                  file.toString())
              .start();
      assertThat(writer.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("first");
      Thread.sleep(random.nextInt(60));
      // SIGKILL: nothing of the process runs any more
      writer.destroyForcibly().waitFor();
      Archive.Reading reading = Archive.read(file, Rewriter.KIND);
      assertThat(reading.problem()).isEmpty();
      assertThat(reading.parts()).containsOnlyKeys("noise", "turn");
      turns.add(Objects.requireNonNull(reading.parts().get("turn"))[0]);
    }
    assertThat(turns).hasSizeGreaterThan(2);
  }
}
