package dev.ovsm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.VerifierCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every diagnostic there is, of whatever phase, is kept in at least one golden example. */
class EveryCodeTest {
  /** What no session can be made to say by what is in its files. */
  private static final Map<Code, String> NOT_PROVOKED =
      Map.of(
          ReadCode.TOO_LARGE, "a file beyond the limit is refused before it is read, by C0007",
          ObjectCode.BAD_IR, "no command reads text IR; tests of the compiler's passes do",
          VerifierCode.INEXACT, "no source makes the compiler claim what is not so",
          CommandCode.OUTPUT, "needs a disk that is full; BadInputTest has one where there is",
          CommandCode.MEMORY, "needs a Java heap that is too small",
          CommandCode.INTERNAL, "needs a mistake of the tool itself",
          RunCode.REPLAY_DIFFERS, "needs a machine that does not do the same twice",
          RunCode.NOT_DEPLOYED, "what does not load is refused by E0003 or E0004 before it is run",
          ObjectCode.SYNTAX, "the scanner gives every line to a rule that says more");

  @Test
  void hasAnExample() throws IOException {
    String all;
    try (Stream<Path> files = Files.walk(Path.of("golden"))) {
      all =
          files
              .filter(file -> file.toString().endsWith(".out"))
              .sorted()
              .map(EveryCodeTest::text)
              .collect(Collectors.joining());
    }
    List<Code> missing =
        Stream.<Code[]>of(
                ReadCode.values(),
                LanguageCode.values(),
                VerifierCode.values(),
                LintCode.values(),
                ObjectCode.values(),
                RunCode.values(),
                CommandCode.values())
            .flatMap(Arrays::stream)
            .filter(code -> !all.contains("[" + code.id() + "]"))
            .toList();
    assertThat(missing).containsExactlyInAnyOrderElementsOf(NOT_PROVOKED.keySet());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
