package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The verifier proves of the optimised form of every program kept here what it proved before. */
class OptimizedProgramsTest {
  private static final List<Path> FOLDERS = List.of(Path.of("../examples"), Path.of("golden"));

  @TestFactory
  Stream<DynamicTest> examplesAndGoldenPrograms() throws IOException {
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (Path folder : FOLDERS) {
      for (Path program : programs(folder)) {
        tests.add(
            DynamicTest.dynamicTest(program.toString(), () -> keepsItsLevel(program.toString())));
      }
    }
    return tests.build();
  }

  private static List<Path> programs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> programs =
          files.filter(file -> file.toString().endsWith(".ovsm")).sorted().toList();
      assertThat(programs).isNotEmpty();
      return programs;
    }
  }

  private static void keepsItsLevel(String file) {
    Diagnostics found = new Diagnostics();
    List<Source> sources = InputFile.source(file, found).stream().toList();
    Compilation compilation = Compilation.of(sources, Compilation.Target.DEFAULT, found);
    boolean safe = compilation.report().map(report -> report.verified().isPresent()).orElse(false);
    assertThat(compilation.code().map(Compilation.Code::level).orElse(null))
        .isEqualTo(safe ? Optimizer.ALL : null);
  }
}
