package dev.ovsm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.ReadCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every complaint about a source is kept in at least one example. */
class EveryCodeTest {
  @Test
  void hasAnExample() throws IOException {
    String all;
    try (Stream<Path> files = Files.list(Path.of("golden/diagnostics"))) {
      all =
          files
              .filter(file -> file.toString().endsWith(".out"))
              .sorted()
              .map(EveryCodeTest::text)
              .collect(Collectors.joining());
    }
    List<String> missing =
        Stream.<Code>concat(Arrays.stream(ReadCode.values()), Arrays.stream(LanguageCode.values()))
            .map(Code::id)
            .filter(id -> !all.contains("[" + id + "]"))
            .toList();
    // A source beyond the reader's limit has more than four megabytes.
    assertThat(missing).containsExactly(ReadCode.TOO_LARGE.id());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
