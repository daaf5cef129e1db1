package dev.ovsm.tests.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The scenarios of the examples come true when they are run as their first lines say, and the
 * programs log what the golden files hold.
 */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path GOLDEN = Path.of("golden/examples");
  private static final String COMMAND = "#   ovsm ";

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    List<Path> expected = new ArrayList<>();
    List<DynamicTest> tests = new ArrayList<>();
    for (Path scenario : scenarioFiles()) {
      String name = EXAMPLES.relativize(scenario).toString().replace('/', '.');
      Path golden = GOLDEN.resolve(name.replace(".yaml", ".out"));
      expected.add(golden);
      tests.add(
          DynamicTest.dynamicTest(name, () -> Golden.check(golden, outputOf(commands(scenario)))));
    }
    tests.add(DynamicTest.dynamicTest("no stray golden file", () -> refuseOthers(expected)));
    return tests.stream();
  }

  private static List<Path> scenarioFiles() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static void refuseOthers(List<Path> expected) throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.toList()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** The commands that the comment of a scenario tells, as lists of their words. */
  private static List<List<String>> commands(Path scenario) throws IOException {
    try (Stream<String> lines = Files.lines(scenario)) {
      List<List<String>> commands =
          lines
              .filter(line -> line.startsWith(COMMAND))
              .map(line -> List.of(line.substring(COMMAND.length()).trim().split(" +", -1)))
              .toList();
      assertThat(commands).as("commands that %s tells", scenario).isNotEmpty();
      return commands;
    }
  }

  /** What the programs log and what came of all triggers; every command must end well. */
  private static String outputOf(List<List<String>> commands) {
    StringBuilder all = new StringBuilder();
    for (List<String> command : commands) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int code = Main.run(command.stream().map(ExamplesTest::fromHere).toList(), out, err);
      assertThat(code).as("%s%n%s%n%s", command, out.toString(UTF_8), err.toString(UTF_8)).isZero();
      all.append(
          out.toString(UTF_8)
              .lines()
              .filter(ExamplesTest::isLasting)
              .map(l -> l + "\n")
              .reduce("", String::concat));
    }
    return all.toString();
  }

  private static String fromHere(String word) {
    return word.startsWith("examples/") ? "../" + word : word;
  }

  /** Not the time, and not what any better machine code changes. */
  private static boolean isLasting(String line) {
    return Stream.of("compute", "state", "time", "report")
        .noneMatch(word -> line.strip().startsWith(word));
  }
}
