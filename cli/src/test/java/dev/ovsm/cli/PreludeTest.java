package dev.ovsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.chronicle.Chronicle;
import dev.ovsm.cli.dist.RehearsalProgram;
import dev.ovsm.cli.program.Compilation;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreludeTest {
  @TempDir Path folder;

  @Test
  void goesTheWholeWayOfARun() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("dev/ovsm/cli"));
    try (InputStream in = Rehearsal.class.getResourceAsStream("rehearsal.ovsm")) {
      Files.write(classes.resolve("rehearsal.ovsm"), in.readAllBytes());
    }
    RehearsalProgram.main(new String[] {folder.toString()});
    Map<String, byte[]> left =
        Prelude.play(Files.readAllBytes(classes.resolve("rehearsal.so")), 100);
    assertThat(left).containsOnlyKeys(Chronicle.SUMMARY, Chronicle.TRACE, Chronicle.PAGE);
    assertThat(new String(left.get(Chronicle.SUMMARY), StandardCharsets.UTF_8))
        .contains("\"slots\":100,\"executions\":10,\"failures\":0");
  }

  @Test
  void goesTheWholeWayOfACompilation() throws Exception {
    Compilation made = Prelude.compile().orElseThrow();
    assertThat(made.outcome()).isEqualTo(Compilation.Outcome.COMPILED);
    assertThat(made.report().orElseThrow().isClean()).isTrue();
  }
}
