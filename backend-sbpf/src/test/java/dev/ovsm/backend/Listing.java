package dev.ovsm.backend;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.text.IrParser;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.AssemblyPrinter;
import java.util.stream.Collectors;

/** The instructions that text IR becomes. */
final class Listing {
  private Listing() {}

  static String of(String text, Diagnostics diagnostics) {
    return of(text, Version.V3, diagnostics);
  }

  static String of(String text, Version version, Diagnostics diagnostics) {
    Module module = IrParser.parse(new Source("test.ir", text), diagnostics).orElseThrow();
    String printed = AssemblyPrinter.print(MachineCode.of(module, version, diagnostics));
    return printed
        .substring(printed.indexOf(".text\n") + 6)
        .lines()
        .filter(line -> !line.contains(".loc") && !line.isEmpty())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
