package dev.ovsm.tests.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.Main;
import dev.ovsm.tests.golden.Golden;
import dev.ovsm.tests.prerequisite.Prerequisite;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input is answered by one diagnostic with a code, a place and a way out, by the exit code that
 * is documented, and by nothing written.
 */
final class BadInputTest {
  private static final Path GOLDEN = Path.of("golden", "bad-input");
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private static Path folder;

  @BeforeAll
  static void files() throws IOException {
    BadFiles.write(folder);
  }

  @ParameterizedTest
  @EnumSource
  void oneDiagnosticAndNothingWritten(BadInput input) throws IOException {
    Prerequisite.require(
        input != BadInput.FULL_DISK || Files.exists(FULL), "BadInputTest needs " + FULL);
    Map<String, String> before = BadFiles.contents(folder);
    StringBuilder all = new StringBuilder();
    for (String command : input.commands()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int exitCode = Main.run(words(command), out, err);
      String said = err.toString(UTF_8);
      checkDiagnostic(command, said);
      assertThat(exitCode).as("exit code of %s:%n%s", command, said).isEqualTo(input.exitCode());
      all.append("$ ovsm ").append(command).append('\n');
      all.append(shown(out.toString(UTF_8))).append(shown(said)).append('\n');
    }
    assertThat(BadFiles.contents(folder)).isEqualTo(before);
    String name = input.name().toLowerCase(Locale.ROOT) + ".out";
    Golden.check(GOLDEN.resolve(name), all.toString());
  }

  @Test
  void everyGoldenFileHasItsCase() {
    List<String> cases =
        Arrays.stream(BadInput.values())
            .map(input -> input.name().toLowerCase(Locale.ROOT) + ".out")
            .sorted()
            .toList();
    assertThat(GOLDEN.toFile().list()).containsExactlyInAnyOrderElementsOf(cases);
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "disasm @good.so", "run @good.so --init main", "help run"})
  void standardOutputOnAFullDiskIsSaid(String command) throws IOException {
    Prerequisite.require(Files.exists(FULL), "BadInputTest needs " + FULL);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (OutputStream full = new FileOutputStream(FULL.toFile())) {
      assertThat(Main.run(words(command), full, err)).isEqualTo(4);
    }
    checkDiagnostic(command, err.toString(UTF_8));
    assertThat(err.toString(UTF_8)).startsWith("error[C0002]: cannot write: No space left");
  }

  @Test
  void aReaderThatGoesEndsTheCommandInSilence() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                Path.of("..", "examples", "heartbeat.ovsm").toString(),
                "--slots",
                "1000000000")
            .start();
    assertThat(process.inputReader(UTF_8).readLine())
        .isEqualTo("Program log: Heartbeat initialized");
    process.getInputStream().close();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.getErrorStream().readAllBytes()).asString(UTF_8).isEmpty();
    assertThat(process.exitValue()).isEqualTo(141);
  }

  private static void checkDiagnostic(String command, String said) {
    List<String> lines = said.lines().toList();
    assertThat(lines.stream().filter(line -> line.matches("[a-z]+\\[[A-Z]\\d{4}]: .+")))
        .as("diagnostics of %s:%n%s", command, said)
        .hasSize(1);
    assertThat(lines.get(0)).startsWith("error[").doesNotStartWith("error[C0070");
    assertThat(lines.get(1).strip()).as("its place").startsWith("--> ");
    assertThat(said).as("its way out").contains(" = help: ");
    assertThat(said).doesNotContain("\tat ", "Exception", "dev.ovsm");
  }

  private static List<String> words(String command) {
    return Arrays.stream(command.split(" ", -1))
        .map(word -> word.startsWith("@") ? path(word) : word)
        .map(word -> word.replace("=@", "=" + folder + "/"))
        .toList();
  }

  private static String path(String word) {
    return folder + "/" + word.substring(1);
  }

  private static String shown(String text) {
    return text.replace(folder + "/", "").replace(folder.toString(), "");
  }
}
