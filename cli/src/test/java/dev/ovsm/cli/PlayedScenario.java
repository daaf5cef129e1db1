package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios that are played in a folder of their own. */
abstract class PlayedScenario {
  static final String HEARTBEAT = "../examples/heartbeat.ovsm";
  static final String GUARD = "src/test/resources/dev/ovsm/cli/price_guard.ovsm";
  static final String PRICE =
      """
      version: 1
      slots: 60
      accounts:
        price:
          address: 7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE
          fields: { price: u64@8/6 }
          size: 16
          init: { price: 100 }
        guard: { address: $program.map(guard-state), fields: { moves: u64@80, open: bool@88 } }
      """;

  @TempDir Path folder;

  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  final void compile(String source, String name) {
    String file = folder.resolve(name).toString();
    assertThat(Main.run(List.of("compile", source, "-o", file, "-q"), out, err)).isZero();
  }

  /** The hash of the state at the end of the run whose report was printed. */
  final String state() {
    return out.toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith("        state  "))
        .reduce("", (before, line) -> line);
  }

  final Path scenario(String... parts) throws IOException {
    return Files.writeString(folder.resolve("scenario.yaml"), String.join("", parts));
  }

  final int run(String program, Object scenario) {
    return Main.run(List.of("run", program, "--scenario", scenario.toString()), out, err);
  }
}
