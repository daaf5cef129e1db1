package dev.ovsm.tests.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every name that the library gives to programs is used by a program that a test runs, or by an
 * example. Names with a slash are the library's own; errors are raised, not called.
 */
class LibraryNamesTest {
  private static final Path LIBRARY = Path.of("../stdlib/src/main/resources/dev/ovsm/stdlib");
  private static final Pattern DEFINED =
      Pattern.compile(
          "(?m)^\\((?:defun|defmacro|define-syscall|define-constant|define-struct|define)"
              + " ([^\\s()]+)");
  private static final Pattern WORD = Pattern.compile("[^\\s()\\[\\]{}'`,\"]+");
  private static final List<Path> PROGRAMS =
      List.of(
          Path.of("golden"),
          Path.of("language"),
          Path.of("library"),
          Path.of("timers"),
          Path.of("src"),
          Path.of("../examples"),
          Path.of("../frontend/src/test"));

  @Test
  void areAllCalled() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String text : texts(LIBRARY)) {
      Matcher matcher = DEFINED.matcher(text);
      while (matcher.find()) {
        String name = matcher.group(1);
        if (!name.startsWith("rt-") && !name.contains("/")) {
          names.add(name);
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(290);
    Set<String> words = new HashSet<>();
    for (Path folder : PROGRAMS) {
      for (String text : texts(folder)) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
          words.add(matcher.group());
        }
      }
    }
    names.removeAll(words);
    assertThat(names).as("names that nothing calls").isEmpty();
  }

  private static List<String> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".ovsm") || file.toString().endsWith(".java"))
          .map(LibraryNamesTest::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
