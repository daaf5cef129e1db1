package dev.ovsm.sbpf.asm;

import dev.ovsm.sbpf.FunctionSymbol;
import dev.ovsm.sbpf.Version;
import java.util.List;

/**
 * Assembled code, complete but for what the layout of a file decides.
 *
 * @param code the instructions; immediates that a relocation fills are zero
 * @param symbols functions, ascending by slot
 * @param lines ascending by slot, no two neighbours the same place
 * @param entryPc the slot where execution begins
 */
public record Text(
    Version version,
    byte[] code,
    byte[] readOnly,
    List<Relocation> relocations,
    List<FunctionSymbol> symbols,
    List<LineEntry> lines,
    int entryPc) {
  public Text {
    relocations = List.copyOf(relocations);
    symbols = List.copyOf(symbols);
    lines = List.copyOf(lines);
  }

  /** The same code with other lines of source. */
  public Text withLines(List<LineEntry> others) {
    return new Text(version, code, readOnly, relocations, symbols, others, entryPc);
  }
}
