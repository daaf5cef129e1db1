package dev.ovsm.tests.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ovsm.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is said of scenarios that are none, or do not fit the programs of a run. */
class ScenariosTest {
  private static final String PROGRAM = "../examples/price_guard.ovsm";

  @TestFactory
  Stream<DynamicTest> complaints() throws IOException {
    return GoldenFiles.in("scenarios", ".yaml").expect("text", ScenariosTest::complaints).tests();
  }

  private static String complaints(Path file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(List.of("run", PROGRAM, "--scenario", file.toString()), out, err);
    return err.toString(UTF_8) + "exit " + code + "\n";
  }
}
