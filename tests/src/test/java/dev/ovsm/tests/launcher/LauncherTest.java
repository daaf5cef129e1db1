package dev.ovsm.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  private static final String FIRST_TIER = "-XX:TieredStopAtLevel=1";

  @TempDir Path folder;

  /** Whatever the next ones do with Java, the tool is built. */
  @BeforeAll
  static void build() throws IOException, InterruptedException {
    assertThat(Launch.ovsm(Path.of("."), "--version").exitCode()).isZero();
  }

  @Test
  void startsThroughLinksFromFoldersWithSpaces() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("else where"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("a link"), Launch.script());
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("else where/a link"));
    Launch launch = Launch.process(second, elsewhere, Map.of(), "--version");
    Files.delete(link);
    assertThat(launch.out()).startsWith("ovsm ");
    assertThat(launch.err()).isEmpty();
    assertThat(launch.exitCode()).isZero();
  }

  @Test
  void passesArgumentsAndTheExitCodeOn() throws Exception {
    Launch launch = Launch.ovsm(folder, "explain", "no such * code");
    assertThat(launch.err()).contains("no such * code");
    assertThat(launch.out()).isEmpty();
    assertThat(launch.exitCode()).isEqualTo(2);
  }

  /** Seen by putting another program in the place of the one that was kept. */
  @Test
  void whatHasNotChangedIsNotCompiledAgain() throws Exception {
    String text = Files.readString(Launch.script().resolveSibling("examples/heartbeat.ovsm"));
    Files.writeString(folder.resolve("thump.ovsm"), text.replace("💓 Heartbeat", "Thump"));
    Files.writeString(folder.resolve("knock.ovsm"), text.replace("💓 Heartbeat", "Knock"));
    Path cache = folder.resolve("target/cache");

    assertThat(run("thump.ovsm")).contains("Thump");
    Path kept = onlyFile(cache);
    byte[] thump = Files.readAllBytes(kept);
    Files.delete(kept);
    assertThat(run("knock.ovsm")).contains("Knock");
    Files.write(onlyFile(cache), thump);
    assertThat(run("knock.ovsm")).contains("Thump").doesNotContain("Knock");

    Files.writeString(folder.resolve("knock.ovsm"), text.replace("💓 Heartbeat", "Other"));
    assertThat(run("knock.ovsm")).contains("Other");
  }

  private String run(String source) throws Exception {
    Launch launch = Launch.ovsm(folder, "run", source, "--slots", "12");
    assertThat(launch.exitCode()).as(launch.err()).isZero();
    return launch.out();
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "compile x",
        "exec x --engine interpreter",
        "exec",
        "run x",
        "run x --slots 10000",
        "run --slots=9999 x --scenario y",
        ""
      })
  void aShortCommandTakesTheFirstCompilerTier(String command) throws Exception {
    assertThat(javaArguments("17.0.1", command))
        .contains(FIRST_TIER, "ovsm.jar\n" + lines(command));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run x --slots 10001",
        "run --slots=1000000 x",
        "run --slots many x",
        "run x --scenario y",
        "run --resume=x",
        "run x --slots 10 --threads 2",
        "replay x",
        "bench",
        "exec x --engine jit",
        "exec --engine=jit x"
      })
  void aLongCommandTakesAllCompilerTiers(String command) throws Exception {
    assertThat(javaArguments("25", command))
        .contains("ovsm.jar\n" + lines(command))
        .doesNotContain(FIRST_TIER);
  }

  @Test
  void garbageOfALargeSourceIsCollectedSeldom() throws Exception {
    sources();
    for (String command : List.of("compile -O 1 large.ovsm", "lint small.ovsm large.ovsm")) {
      assertThat(javaArguments("17.0.1", command))
          .contains("-XX:+UseSerialGC", "-XX:NewSize=")
          .doesNotContain("-XX:+UseParallelGC");
    }
    for (String command :
        List.of("compile small.ovsm", "compile absent.ovsm", "run huge.ovsm", "--version")) {
      assertThat(javaArguments("17.0.1", command))
          .contains("-XX:+UseSerialGC")
          .doesNotContain("-XX:NewSize=", "-XX:+UseParallelGC");
    }
  }

  @Test
  void garbageOfAVeryLargeSourceIsCollectedByAllProcessors() throws Exception {
    sources();
    for (String command : List.of("compile -O 1 huge.ovsm", "check large.ovsm huge.ovsm")) {
      assertThat(javaArguments("17.0.1", command))
          .contains("-XX:+UseParallelGC")
          .doesNotContain("-XX:+UseSerialGC", "-XX:NewSize=");
    }
  }

  private void sources() throws IOException {
    String line = "; nothing\n";
    Files.writeString(folder.resolve("small.ovsm"), line);
    Files.writeString(folder.resolve("large.ovsm"), line.repeat(20_000));
    Files.writeString(folder.resolve("huge.ovsm"), line.repeat(200_000));
  }

  @Test
  void passesOverAnOldJava() throws Exception {
    assertThat(javaArguments("11.0.2", "--version")).startsWith("ovsm ");
    assertThat(javaArguments("1.8.0_402", "--version")).startsWith("ovsm ");
  }

  /** What a Java of this version is started with, one argument a line; or what another one says. */
  private String javaArguments(String version, String command) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("java").resolve("bin"));
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> home = Map.of("JAVA_HOME", folder.resolve("java").toString());
    String[] words = command.isEmpty() ? new String[0] : command.split(" ", -1);
    return Launch.process(Launch.script(), folder, home, words).out();
  }

  private static String lines(String command) {
    return command.isEmpty() ? "" : command.replace(' ', '\n') + "\n";
  }
}
