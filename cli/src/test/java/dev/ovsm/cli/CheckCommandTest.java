package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aProgramIsOneAndNothingIsWritten() throws IOException {
    assertThat(run("check", "../examples/heartbeat.ovsm")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("../examples/heartbeat.ovsm: a program\n");
    // what only the verifier refuses
    assertThat(run("check", file("endless.ovsm", "(while true (log \"x\"))"), "-q")).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(define x", "(log nope)", "(+ 1 \"a\")", "(defun f ((x : what)) x)", "(if)", ""})
  void saysWhatCompileSays(String source) throws IOException {
    String file = file("bad.ovsm", source);
    assertThat(run("check", file)).isEqualTo(3);
    String said = err.toString(UTF_8);
    err.reset();
    assertThat(run("compile", file, "-o", folder.resolve("x.so").toString())).isEqualTo(3);
    assertThat(err.toString(UTF_8)).isEqualTo(said).contains("error[");
  }

  @Test
  void severalFilesAreOneProgram() throws IOException {
    String main = file("main.ovsm", "(helper 1)");
    String helper = file("helper.ovsm", "(defun helper (x) (+ x 1))");
    assertThat(run("check", main)).isEqualTo(3);
    assertThat(run("check", main, helper)).isZero();
    assertThat(run("check", main, folder.resolve("nowhere.ovsm").toString())).isEqualTo(4);
  }

  @Test
  void otherFormsAreForPrograms() throws IOException {
    String file = file("bad.ovsm", "(log nope)");
    assertThat(run("check", file, "--format", "json")).isEqualTo(3);
    assertThat(out.toString(UTF_8)).startsWith("{").contains("\"code\":\"L0001\"");
    out.reset();
    assertThat(run("check", file, "--format", "github")).isEqualTo(3);
    assertThat(out.toString(UTF_8)).contains("::error file=").contains("title=L0001");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}
