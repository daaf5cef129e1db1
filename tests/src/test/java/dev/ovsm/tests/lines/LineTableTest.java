package dev.ovsm.tests.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.Main;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.LineTable;
import dev.ovsm.elf.SectionReader;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.LineEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every instruction has its place, at every level of optimisation; faults show it. */
class LineTableTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "counter",
        "heartbeat",
        "price_guard",
        "existing/escrow",
        "existing/amm",
        "existing/vesting",
        "rosetta/token"
      })
  void everyInstructionHasAPlaceInItsSource(String example) {
    Source source =
        InputFile.source("../examples/" + example + ".ovsm", new Diagnostics()).orElseThrow();
    for (Version version : List.of(Version.V0, Version.V3)) {
      for (int level : List.of(Optimizer.NONE, Optimizer.ALL)) {
        assertThat(own(source, compile(source, version, level)))
            .as("instructions that stand for the source itself")
            .isGreaterThan(10);
      }
    }
  }

  /** Those that are compiled with other files have no program of their own. */
  @Test
  void everyInstructionOfEveryExampleHasAPlace() throws IOException {
    int examples = 0;
    try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".ovsm")).sorted().toList()) {
        Source source = InputFile.source(file.toString(), new Diagnostics()).orElseThrow();
        Compilation compilation =
            Compilation.of(List.of(source), Compilation.Target.DEFAULT, new Diagnostics());
        boolean isProgram =
            compilation.output().filter(code -> !code.manifest().entries().isEmpty()).isPresent();
        if (isProgram) {
          assertThat(own(source, compilation)).as(source.name()).isPositive();
          examples++;
        }
      }
    }
    assertThat(examples).isGreaterThan(40);
  }

  /** How many instructions stand for the source itself; the others stand for what it uses. */
  private static int own(Source source, Compilation compilation) {
    String file = source.name().substring(source.name().lastIndexOf('/') + 1);
    LineTable lines = new SectionReader(compilation.elf().orElseThrow()).lines(new Diagnostics());
    int own = 0;
    for (int pc : starts(compilation.assembly().orElseThrow())) {
      Optional<LineEntry> line = lines.find(pc);
      assertThat(line).as("instruction %s of %s", pc, source.name()).isPresent();
      if (line.get().file().equals(file)) {
        own++;
        assertThat(line.get().line()).isBetween(1, source.lines());
        String text = source.lineText(line.get().line());
        assertThat(line.get().column()).isBetween(1, text.length() + 1);
      } else {
        assertThat(line.get().file()).matches("<stdlib/.+>|.+\\.ovsm");
      }
    }
    return own;
  }

  private static Compilation compile(Source source, Version version, int level) {
    Diagnostics found = new Diagnostics();
    Compilation compilation =
        Compilation.of(List.of(source), new Compilation.Target(version, level, true), found);
    assertThat(compilation.elf()).as(found.list().toString()).isPresent();
    return compilation;
  }

  /** The slots in which instructions begin. */
  private static List<Integer> starts(Assembly assembly) {
    int[] pc = {0};
    return assembly.items().stream()
        .filter(Assembly.Code.class::isInstance)
        .map(
            item -> {
              int start = pc[0];
              pc[0] += ((Assembly.Code) item).insn().op().slots();
              return start;
            })
        .toList();
  }

  /**
   * The load stands in a function that is called twice and, where that pays, inlined; the second
   * address is a number of the first account, of which nobody can know that it leads nowhere.
   */
  @ParameterizedTest
  @ValueSource(strings = {"-O0", "-O1", "-O2"})
  void aFaultShowsTheLineOfItsCauseThroughInlining(String level) throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("fault.ovsm"),
            """
            (defun peek (address)
              (+ 1
                 (mem-load address 0)))

            (define first (peek (account-data-ptr 0)))
            (+ first
               (peek first))
            """);
    Path program = folder.resolve("fault.so");
    assertThat(run(out(), "compile", source.toString(), level, "-o", program.toString())).isZero();
    ByteArrayOutputStream said = out();
    // one account, no duplicate, with eight bytes of data
    String account =
        "0100000000000000"
            + "ff010100"
            + "00".repeat(4 + 64 + 8)
            + "0800000000000000"
            + "00".repeat(8 + 10_240 + 8)
            + "00".repeat(8 + 32);
    assertThat(run(said, "exec", program.toString(), "--input", account)).isEqualTo(1);
    assertThat(said.toString(UTF_8)).contains("it stands for fault.ovsm:3:6");
  }

  private static ByteArrayOutputStream out() {
    return new ByteArrayOutputStream();
  }

  private static int run(ByteArrayOutputStream said, String... arguments) {
    return Main.run(List.of(arguments), said, said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "heartbeat", "price_guard"})
  void everyFunctionHasItsName(String example) {
    Source source =
        InputFile.source("../examples/" + example + ".ovsm", new Diagnostics()).orElseThrow();
    Compilation compilation = compile(source, Version.V0, Optimizer.ALL);
    List<String> labels =
        compilation.assembly().orElseThrow().items().stream()
            .filter(Assembly.Label.class::isInstance)
            .map(item -> ((Assembly.Label) item).name())
            .filter(name -> !Assembly.isLocal(name))
            .toList();
    List<String> symbols =
        new SectionReader(compilation.elf().orElseThrow())
            .functions().stream().map(function -> function.name()).toList();
    assertThat(symbols).containsAll(labels).contains("entrypoint");
  }
}
