package dev.ovsm.tests.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.AssemblyFile;
import dev.ovsm.elf.Disassembly;
import dev.ovsm.elf.Disassembly.SourceLines;
import dev.ovsm.elf.SectionReader;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that the compiler wrote reads as code, data and sections, and comes back from these. */
final class CompiledRoundTripTest {
  private static final Path PROGRAMS = Path.of("golden", "programs");
  private static final SourceLines ODD_LINES = (file, line) -> Optional.of("\r a \n\0exit");

  @ParameterizedTest
  @CsvSource({"V0, true", "V0, false", "V3, true", "V3, false"})
  void everyProgramComesBack(Version version, boolean lines) throws IOException {
    Compilation.Target target = new Compilation.Target(version, Optimizer.ALL, lines);
    int compiled = 0;
    for (Path file : programs()) {
      Diagnostics diagnostics = new Diagnostics();
      Source source = new Source(file.toString(), Files.readString(file));
      Compilation compilation = Compilation.of(List.of(source), target, diagnostics);
      if (compilation.outcome() != Compilation.Outcome.UNSAFE) {
        comesBack(compilation.elf().orElseThrow(), lines);
        compiled++;
      }
    }
    assertThat(compiled).isGreaterThan(20);
  }

  private static void comesBack(byte[] elf, boolean lines) {
    Diagnostics diagnostics = new Diagnostics();
    Disassembly disassembly = Disassembly.of("test.so", elf, diagnostics).orElseThrow();
    assertThat(disassembly.assembly().image()).as("bytes around the code").isEmpty();
    assertThat(new SectionReader(elf).lines(diagnostics).entries().isEmpty()).isEqualTo(!lines);
    for (SourceLines sources : List.of(SourceLines.NONE, ODD_LINES)) {
      Source text = new Source("test.s", disassembly.text(sources));
      assertThat(AssemblyFile.assemble(text, null, diagnostics)).hasValue(elf);
    }
  }

  private static List<Path> programs() throws IOException {
    try (Stream<Path> files = Files.list(PROGRAMS)) {
      return files.filter(file -> file.toString().endsWith(".ovsm")).sorted().toList();
    }
  }
}
