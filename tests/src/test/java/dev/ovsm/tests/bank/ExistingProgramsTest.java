package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every program in the style of those that people have written is called, and is long enough. */
class ExistingProgramsTest {
  private static final Path FOLDER = Path.of("../examples/existing");
  private static final List<Class<?>> SUITES =
      List.of(
          ExistingTradesTest.class,
          ExistingGovernanceTest.class,
          ExistingFundsTest.class,
          ExistingTokensTest.class);

  private static Set<String> programs() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> names = new TreeSet<>();
      files.forEach(file -> names.add(String.valueOf(file.getFileName()).replace(".ovsm", "")));
      return names;
    }
  }

  @Test
  void allAreCalled() throws IOException {
    Set<String> called = new TreeSet<>();
    for (Class<?> suite : SUITES) {
      for (Method method : suite.getDeclaredMethods()) {
        if (method.isAnnotationPresent(ParameterizedTest.class)) {
          String words = method.getName().replaceAll("([A-Z])", "_$1");
          called.add(words.toLowerCase(Locale.ROOT));
        }
      }
    }
    assertThat(called).isEqualTo(programs());
  }

  @Test
  void haveTheLengthsOfRealOnes() throws IOException {
    int many = 0;
    for (String name : programs()) {
      int lines = Files.readAllLines(FOLDER.resolve(name + ".ovsm")).size();
      assertThat(lines).as(name).isBetween(30, 400);
      assertThat(Dialect.entries(name)).as(name).hasSizeGreaterThanOrEqualTo(2);
      many += lines >= 100 ? 1 : 0;
    }
    assertThat(programs()).hasSizeGreaterThanOrEqualTo(15);
    assertThat(many).isGreaterThanOrEqualTo(8);
  }
}
