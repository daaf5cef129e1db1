package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostCommandTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aSourceAndItsProgramCostTheSame() {
    String program = folder.resolve("heartbeat.so").toString();
    assertThat(run("compile", HEARTBEAT, "-o", program, "-q")).isZero();
    assertThat(run("cost", HEARTBEAT)).isZero();
    String ofSource = out.toString(UTF_8);
    assertThat(ofSource).containsPattern("heartbeat-callback: at most [0-9,]+ of 100,000 by");
    out.reset();
    assertThat(run("cost", program)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(ofSource);
  }

  @Test
  void boundsAreComparedWithTheLargestRun() {
    assertThat(run("cost", HEARTBEAT, "--measured", "1000")).isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern("[0-9]+\\.[0-9]{2} times the largest run of 1,000");
  }

  @Test
  void whatHasNoCostIsRefused() throws IOException {
    Path endless = Files.writeString(folder.resolve("forever.ovsm"), "(while true (log \"x\"))");
    assertThat(run("cost", endless.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("V0001");
    Path broken = Files.writeString(folder.resolve("broken.ovsm"), "(define x");
    assertThat(run("cost", broken.toString())).isEqualTo(3);
    assertThat(run("cost", folder.resolve("nowhere.ovsm").toString())).isEqualTo(4);
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}
