package dev.ovsm.cli;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.AssemblyFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm asm FILE.s -o FILE.so}: the program file that assembly text says. */
@CommandLine.Command(
    name = "asm",
    description = {
      "Assemble a program file from text such as ovsm disasm prints.",
      "",
      "The text names the version of the instruction set: v0 (the default) with the line"
          + " .sbpf v0, or v3 with .sbpf v3."
    },
    footer = {
      "",
      "Example:",
      "  ovsm asm hello.s -o hello.so && ovsm exec hello.so",
      "",
      "  where hello.s is",
      "    entrypoint:",
      "      mov64 r0, 42      ; the result",
      "      exit",
      "",
      "Exit codes: 0 done, 2 wrong usage, 3 the text is no program,",
      "4 a file cannot be read or written."
    })
final class AsmCommand implements Command {
  @Parameters(arity = "1", paramLabel = "FILE.s", description = "The assembly text.")
  private String file = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.so",
      required = true,
      description = "The program file; - is standard output.")
  private String output = "";

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing unless something is wrong.")
  private boolean quiet;

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Diagnostic> overwriting = OutputFile.overwriting(List.of(file), List.of(output));
    if (overwriting.isPresent()) {
      terminal.report(overwriting.get());
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    Optional<byte[]> text = InputFile.bytes(file, InputFile.MOST_ASSEMBLY, found);
    Optional<byte[]> elf =
        text.flatMap(bytes -> InputFile.source(file, bytes, found))
            .flatMap(source -> AssemblyFile.assemble(source, null, found));
    boolean isOut = output.equals(Terminal.STANDARD);
    boolean isWritten = elf.isPresent() && write(elf.get(), terminal, found);
    found.list().forEach(terminal::report);
    if (!isWritten) {
      boolean isWrong = text.isPresent() && elf.isEmpty();
      return isWrong
          ? ExitCode.NOT_A_PROGRAM
          : isOut && elf.isPresent() ? ExitCode.USAGE : ExitCode.ENVIRONMENT;
    }
    if (!quiet && !isOut) {
      terminal
          .out()
          .println(
              String.format(Locale.ROOT, "%s  %,d bytes  from %s", output, elf.get().length, file));
    }
    return ExitCode.OK;
  }

  private boolean write(byte[] elf, Terminal terminal, Diagnostics found) {
    return output.equals(Terminal.STANDARD)
        ? terminal.write(elf, found)
        : OutputFile.write(output, elf, found);
  }
}
