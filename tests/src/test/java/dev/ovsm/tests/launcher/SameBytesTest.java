package dev.ovsm.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.benchmark.GeneratedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program's file depends on its sources alone: not on the Java that compiles it, nor on where, in
 * which language, or in which order objects happen to hash.
 */
@Execution(ExecutionMode.CONCURRENT)
class SameBytesTest {
  /** Each process also draws its own seed for the order of immutable sets and maps. */
  private static final List<String> OPTIONS =
      List.of(
          "-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Kiritimati",
          "-XX:+UnlockExperimentalVMOptions -XX:hashCode=2 -XX:-UseSerialGC -XX:+UseParallelGC",
          "-Duser.language=ar -Duser.country=EG -Xss4m -XX:ActiveProcessorCount=1");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"heartbeat", "price_guard"})
  void whoeverCompilesGetsTheSameFile(String name) throws Exception {
    isTheSameFor(Launch.script().resolveSibling("examples").resolve(name + ".ovsm"));
  }

  /** Large enough that its functions are worked on at once. */
  @Test
  void manyThreadsMakeTheSameFile() throws Exception {
    isTheSameFor(Files.writeString(folder.resolve("funds.ovsm"), GeneratedProgram.ofLines(3_000)));
  }

  private void isTheSameFor(Path source) throws Exception {
    byte[] expected = compile(source, Map.of());
    for (String options : OPTIONS) {
      assertThat(compile(source, Map.of("OVSM_JAVA_OPTS", options, "LC_ALL", "C")))
          .as(options)
          .isEqualTo(expected);
    }
    for (Path java : homes()) {
      assertThat(compile(source, Map.of("JAVA_HOME", java.toString())))
          .as("compiled by %s", java)
          .isEqualTo(expected);
    }
  }

  /** The other JDKs of this machine that the tool runs on; there may be none. */
  private static Set<Path> homes() throws IOException {
    Set<Path> homes = new LinkedHashSet<>();
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> found = Files.list(installed)) {
        for (Path home : found.sorted().toList()) {
          if (Files.exists(home.resolve("release")) && major(home) >= 17) {
            homes.add(home.toRealPath());
          }
        }
      }
    }
    return homes;
  }

  private static int major(Path home) throws IOException {
    return Files.readAllLines(home.resolve("release")).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> line.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1"))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }

  private byte[] compile(Path source, Map<String, String> variables) throws Exception {
    Path file = Files.createTempFile(folder, "program", ".so");
    Launch launch =
        Launch.process(
            Launch.script(),
            folder,
            variables,
            "compile",
            source.toString(),
            "-o",
            file.toString());
    assertThat(launch.exitCode()).as(launch.err()).isZero();
    return Files.readAllBytes(file);
  }
}
