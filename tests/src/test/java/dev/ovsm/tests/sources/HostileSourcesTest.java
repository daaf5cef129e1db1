package dev.ovsm.tests.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the source, the compiler ends soon with a program or with a diagnostic that says why
 * there is none. {@code -Dsources=100000} damages more of them than a build does.
 */
class HostileSourcesTest {
  private static final int SOURCES = Integer.getInteger("sources", 300);
  private static final long SEED = Long.getLong("seed", 20_260_101L);
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("golden/programs"),
          Path.of("golden/diagnostics"),
          Path.of("../examples"),
          Path.of("../stdlib/src/main/resources"));

  private static Compilation compile(String text, Diagnostics diagnostics) {
    return Compilation.of(
        List.of(new Source("hostile.ovsm", text)), Compilation.Target.DEFAULT, diagnostics);
  }

  @Test
  void damagedSourcesAreDiagnosed() {
    SourceMutator mutator =
        new SourceMutator(SourceMutator.corpus(FOLDERS), new SplittableRandom(SEED));
    for (int i = 0; i < SOURCES; i++) {
      String text = mutator.next();
      Diagnostics diagnostics = new Diagnostics();
      assertThatCode(
              () -> {
                Compilation made = compile(text, diagnostics);
                assertThat(made.elf().isPresent() || diagnostics.hasErrors()).isTrue();
              })
          .as("source %d of seed %d:%n%s", i, SEED, text)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(+ 1 ",
        "(define x ",
        "[",
        "{:a ",
        "'",
        "`",
        "(do ",
        "(let ((x 1)) ",
        "(lambda (x) ",
        "(try ",
        "(if true ",
        "(option ",
        "#;"
      })
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void nestingEndsInADiagnostic(String opening) {
    Diagnostics diagnostics = new Diagnostics();
    compile(opening.repeat(100_000), diagnostics);
    assertThat(diagnostics.hasErrors()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(if (= x 7) HOLE 3)",
        "(if (= x 7) 3 HOLE)",
        "(do (log :turn x) HOLE)",
        "(let ((v x)) HOLE)",
        "(+ x HOLE)",
        "(try HOLE (catch e 1))"
      })
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whatNestsAsDeepAsItMayIsCompiled(String form) {
    String text = "x";
    for (int i = 0; i < 490; i++) {
      text = form.replace("HOLE", text);
    }
    Diagnostics diagnostics = new Diagnostics();
    Compilation compilation =
        compile("(define-program p (lambda ((x : u64)) (log :v " + text + ")))", diagnostics);
    assertThat(compilation.elf()).as(diagnostics.list().toString()).isPresent();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void longSourcesAreDiagnosed() {
    String megabyte = "x".repeat(1 << 20);
    for (String text :
        List.of(
            "(log \"" + megabyte + "\")",
            "(define " + megabyte + " 1)",
            megabyte,
            "; " + megabyte,
            "1".repeat(1 << 20),
            "(log " + "1 ".repeat(200_000) + ")",
            "(+ " + "1 ".repeat(200_000) + ")")) {
      Diagnostics diagnostics = new Diagnostics();
      assertThatCode(() -> compile(text, diagnostics)).doesNotThrowAnyException();
    }
  }
}
