package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.cli.program.SourceText;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.Disassembly;
import dev.ovsm.elf.Listing;
import dev.ovsm.sbpf.asm.AssemblyGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm disasm FILE.so}: a program as assembly that {@code ovsm asm} turns back into it. */
@CommandLine.Command(
    name = "disasm",
    description = {
      "Show a program as assembly, with the lines of its source where the file names them.",
      "",
      "ovsm asm makes the same file of it again, byte for byte."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm disasm target/deploy/heartbeat.so --source examples",
      "  ovsm disasm token.so -o token.s && ovsm asm token.s -o same.so",
      "  ovsm disasm token.so --cfg | dot -Tsvg >token.svg",
      "",
      "Exit codes: 0 done, 2 wrong usage, 3 the file is no program,",
      "4 a file cannot be read or written."
    })
final class DisasmCommand implements Command {
  @Parameters(arity = "1", paramLabel = "FILE.so", description = "The program.")
  private String file = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.s",
      description = "Write to this file (default: -, standard output).")
  private @Nullable String output;

  @Option(
      names = "--source",
      paramLabel = "FOLDER",
      description =
          "Where the sources lie, for the text of their lines (default: the program's folder, then"
              + " the current one).")
  private @Nullable String sources;

  @ArgGroup(exclusive = true)
  private View view = new View();

  /** What to show in place of assembly. */
  static final class View {
    @Option(
        names = "--sections",
        description = "Show the segments, sections and functions of the file instead.")
    private boolean sections;

    @Option(
        names = "--relocations",
        description = "Show what the loader fills in, such as calls of syscalls, instead.")
    private boolean relocations;

    @Option(
        names = "--cfg",
        description = "Show the control flow of all functions instead, as a graph for dot.")
    private boolean cfg;
  }

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Diagnostic> overwriting =
        Optional.ofNullable(output)
            .flatMap(text -> OutputFile.overwriting(List.of(file), List.of(text)));
    if (overwriting.isPresent()) {
      terminal.report(overwriting.get());
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    Optional<byte[]> elf = InputFile.bytes(file, InputFile.MOST_PROGRAM, found);
    Optional<String> text = elf.flatMap(bytes -> text(bytes, found));
    boolean isWritten = text.isPresent() && write(text.get(), terminal, found);
    found.list().forEach(terminal::report);
    if (isWritten) {
      return ExitCode.OK;
    }
    return elf.isPresent() && text.isEmpty() ? ExitCode.NOT_A_PROGRAM : ExitCode.ENVIRONMENT;
  }

  private Optional<String> text(byte[] elf, Diagnostics found) {
    if (view.sections) {
      return Listing.of(file, elf, found).map(listing -> listing.sections() + listing.symbols());
    }
    if (view.relocations) {
      return Listing.of(file, elf, found).map(Listing::relocations);
    }
    Optional<Disassembly> disassembly = Disassembly.of(file, elf, found);
    return view.cfg
        ? disassembly.map(code -> AssemblyGraph.dot(code.assembly()))
        : disassembly.map(code -> code.text(new SourceText(folders())));
  }

  private boolean write(String text, Terminal terminal, Diagnostics found) {
    if (output != null && !output.equals(Terminal.STANDARD)) {
      return OutputFile.write(output, text.getBytes(UTF_8), found);
    }
    terminal.out().print(text);
    return true;
  }

  private List<Path> folders() {
    if (sources != null) {
      return List.of(Path.of(sources));
    }
    List<Path> folders = new ArrayList<>();
    folders.add(Path.of(file).resolveSibling(""));
    folders.add(Path.of(""));
    return folders;
  }
}
