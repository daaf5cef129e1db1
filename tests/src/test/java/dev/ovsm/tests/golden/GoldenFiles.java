package dev.ovsm.tests.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder in which every input {@code x.in} stands beside one golden file {@code x.PHASE.out} for
 * each phase; an input without a golden file and a golden file without an input both fail.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> programs() throws IOException {
 *   return GoldenFiles.in("programs", ".ovsm").expect("ir", this::printIr).tests();
 * }
 * }</pre>
 */
public final class GoldenFiles {
  private static final String SUFFIX = ".out";

  private final Golden golden;
  private final Path folder;
  private final String extension;
  private final Map<String, Phase> phases = new LinkedHashMap<>();

  GoldenFiles(Golden golden, Path folder, String extension) {
    this.golden = golden;
    this.folder = folder;
    this.extension = extension;
  }

  /** The folder {@code tests/golden/name}, whose inputs end in {@code extension}. */
  public static GoldenFiles in(String name, String extension) {
    return new GoldenFiles(Golden.ofThisBuild(), Path.of("golden", name), extension);
  }

  /** Expects that {@code phase} makes of each input {@code x} what {@code x.name.out} holds. */
  public GoldenFiles expect(String name, Phase phase) {
    phases.put(name, phase);
    return this;
  }

  /** One test for each input and phase, in the order of their names, and one for stray files. */
  public Stream<DynamicTest> tests() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    List<Path> strays = new ArrayList<>(files(SUFFIX));
    for (Path input : files(extension)) {
      String file = input.getFileName().toString();
      String stem = file.substring(0, file.length() - extension.length());
      phases.forEach(
          (name, phase) -> {
            Path expected = folder.resolve(stem + "." + name + SUFFIX);
            strays.remove(expected);
            String title = stem + " " + name;
            tests.add(
                DynamicTest.dynamicTest(
                    title, () -> golden.compare(expected, phase.output(input))));
          });
    }
    if (tests.isEmpty()) {
      throw new AssertionError(folder + " holds no input that ends in " + extension);
    }
    tests.add(DynamicTest.dynamicTest("no stray golden file", () -> refuse(strays)));
    return tests.stream();
  }

  private static void refuse(List<Path> strays) {
    if (!strays.isEmpty()) {
      throw new AssertionError("golden files without an input or a phase: " + strays);
    }
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /** What one phase says about an input file, as text. */
  public interface Phase {
    String output(Path input) throws Exception;
  }
}
