package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
  private static final String ENDLESS =
      """
      (define-program forever
        (lambda ()
          (while true
            (log :message "still here"))))
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theHeartbeatIsSafeInEveryRespect() {
    assertThat(run("lint", "../examples/heartbeat.ovsm")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("heartbeat-callback", "100,000 by default", "0 unsafe, 0 unknown");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void anEndlessLoopIsRefusedInEveryFormat() throws IOException {
    String file = write("forever.ovsm", ENDLESS);
    assertThat(run("lint", file)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("unsafe   termination");
    assertThat(err.toString(UTF_8))
        .contains("error[V0001]", "forever.ovsm:3:12", "nothing ever leaves it");
    for (String format : List.of("json", "sarif", "github")) {
      out.reset();
      err.reset();
      assertThat(run("lint", file, "--format", format)).isEqualTo(1);
      assertThat(out.toString(UTF_8)).contains("V0001");
      assertThat(err.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void whatIsNoProgramIsReportedWhereItBreaks() throws IOException {
    String file = write("broken.ovsm", "(define x");
    assertThat(run("lint", file, "--format", "json")).isEqualTo(3);
    String first = out.toString(UTF_8).lines().findFirst().orElseThrow();
    assertThat(JsonParser.parseString(first).getAsJsonObject().get("line").getAsInt()).isEqualTo(1);
    assertThat(run("lint", folder.resolve("nowhere.ovsm").toString())).isEqualTo(4);
    assertThat(run("lint")).isEqualTo(2);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}
