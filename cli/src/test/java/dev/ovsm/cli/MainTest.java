package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(UTF_8)).matches("ovsm \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aMissingCommandShowsWhichThereAre() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("Usage: ovsm ").contains("explain");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyVerbHasHelpByBothNames(Verb verb) {
    assertThat(run("help", verb.word())).isZero();
    String help = out.toString(UTF_8);
    assertThat(help).startsWith("Usage: ovsm " + verb.word());
    assertThat(help).containsPattern("\nExamples?:\n  ovsm " + verb.word() + " ");
    assertThat(help).contains("\nExit codes: 0 ").doesNotContain("STRICT");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    out.reset();
    assertThat(run(verb.word(), "--help")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(help);
  }

  @Test
  void anUnknownCommandIsOneDiagnosticWithAWayOut() {
    assertThat(run("explian", "C0001")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            error[C0001]: ovsm has no command explian
             --> argument 1 of ovsm: explian
              = help: did you mean explain?
            """);
  }

  @Test
  void thereIsNoHelpForAnUnknownCommand() {
    for (List<String> words : List.of(List.of("help", "explian"), List.of("explian", "--help"))) {
      err.reset();
      assertThat(run(words.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString(UTF_8)).contains("error[C0001]: ovsm has no command explian\n");
      assertThat(out.toString(UTF_8)).isEmpty();
    }
    for (String[] words : new String[][] {{"help"}, {"help", "help"}}) {
      out.reset();
      assertThat(run(words)).isZero();
      assertThat(out.toString(UTF_8)).startsWith("Usage: ovsm ");
    }
  }

  @Test
  void aNameMayBeginWithAnySign(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("words"), "--version");
    assertThat(run("check", "@" + folder.resolve("words"))).isEqualTo(4);
    assertThat(err.toString(UTF_8)).contains("error[C0004]: there is no file @");
  }

  @Test
  void anUnknownFlagIsOneDiagnosticWithAWayOut() {
    assertThat(run("explain", "--hepl")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            error[C0001]: ovsm explain has no flag --hepl
             --> argument 2 of ovsm: --hepl
              = help: did you mean --help?
            """);
  }

  @Test
  void anArgumentTooManyIsOneDiagnosticWithAWayOut() {
    assertThat(run("explain", "C0001", "C0002")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            error[C0001]: ovsm explain takes no further argument C0002
             --> argument 3 of ovsm: C0002
              = help: ovsm help explain shows what fits
            """);
  }

  @Test
  void explainsEveryCode() {
    Code.all()
        .forEach(
            code -> {
              out.reset();
              assertThat(run("explain", code.id())).isZero();
              assertThat(out.toString(UTF_8)).contains(code.title(), code.explanation());
              assertThat(code.explanation()).as(code.id()).hasSizeGreaterThan(80).endsWith("\n");
              assertThat(code.explanation().lines())
                  .as(code.id())
                  .allMatch(line -> line.length() <= 100)
                  .noneMatch(line -> line.matches("\\S.*\\S   +\\S.*"));
            });
  }

  @Test
  void aFullDiskIsSaidAndNotABug() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThat(Main.run(List.of("explain"), full, err)).isEqualTo(4);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            error[C0002]: cannot write: No space left on device
             --> standard output
              = help: free some space or send the output elsewhere
            """);
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}
