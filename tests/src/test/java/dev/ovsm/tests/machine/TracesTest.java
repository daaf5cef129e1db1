package dev.ovsm.tests.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Register traces of random programs are those that the real VM writes, file for file.
 *
 * <p>Where a program faults, the real VM's trace may go on for some rows: its compiled code looks
 * at the meter at branches only, and enters the instruction that failed again.
 */
@ComparedWithRealVm(minimum = 490)
final class TracesTest {
  private static final int PROGRAMS = 500;
  private static final int ROW_BYTES = 96;
  private static final List<String> SUFFIXES = List.of(".regs", ".insns", ".exec.sha256");

  @TempDir private Path folder;

  @Test
  void areThoseOfTheRealVm(RealVm ready, Comparisons comparisons) throws IOException {
    assertThat(ready.hello().litesvm()).as("the release that writes traces").startsWith("1.");
    Path real = Files.createDirectory(folder.resolve("real"));
    Path ours = Files.createDirectory(folder.resolve("ours"));
    try (RealVm vm = RealVm.startTracing(real)) {
      new RealVmPrograms(vm, 71).trace(0, PROGRAMS, ours);
    }
    Map<String, String> names = byProgram(ours);
    long rows = 0;
    int same = 0;
    for (Map.Entry<String, String> program : byProgram(real).entrySet()) {
      String name = names.get(program.getKey());
      assertThat(name).as("our trace of %s", program.getKey()).isNotNull();
      byte[] expected = Files.readAllBytes(real.resolve(program.getValue() + ".regs"));
      byte[] actual = Files.readAllBytes(ours.resolve(name + ".regs"));
      byte[] beginning = Arrays.copyOf(expected, Math.min(actual.length, expected.length));
      comparisons.equal("registers of " + program.getKey(), actual, beginning);
      rows += actual.length / ROW_BYTES;
      if (actual.length == expected.length) {
        for (String suffix : SUFFIXES) {
          assertThat(ours.resolve(name + suffix))
              .hasSameBinaryContentAs(real.resolve(program.getValue() + suffix));
        }
        same++;
      }
    }
    assertThat(rows).as("instructions traced").isGreaterThan(100_000);
    assertThat(same).as("traces that end alike").isGreaterThan(400);
  }

  /** The names of traces by the programs that they are of. */
  private static Map<String, String> byProgram(Path traces) throws IOException {
    Map<String, String> names = new TreeMap<>();
    String suffix = ".program_id";
    try (Stream<Path> files = Files.list(traces)) {
      for (Path file : files.filter(one -> one.toString().endsWith(suffix)).toList()) {
        String name = file.getFileName().toString();
        names.put(
            Files.readString(file, US_ASCII), name.substring(0, name.length() - suffix.length()));
      }
    }
    return names;
  }
}
