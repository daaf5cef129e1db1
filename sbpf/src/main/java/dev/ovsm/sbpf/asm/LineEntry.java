package dev.ovsm.sbpf.asm;

import dev.ovsm.diag.Span;

/**
 * From slot {@code pc} on, up to the next entry, code stands for this place in a source.
 *
 * @param line from 1; 0 if the code stands for no place
 * @param column from 1, in code points; 0 if unknown
 */
public record LineEntry(int pc, String file, int line, int column) {
  /** The entry of a span; that of a span that is no real place has no line. */
  public static LineEntry at(int pc, Span span) {
    return span.isReal()
        ? new LineEntry(pc, span.source().name(), span.line(), span.column())
        : new LineEntry(pc, "", 0, 0);
  }

  /** The place, such as {@code main.ovsm:7:3}; empty if the code stands for none. */
  public String place() {
    return line == 0 ? "" : file + ":" + line + ":" + column;
  }

  /** Whether the other entry names the same place. */
  public boolean samePlace(LineEntry other) {
    return line == other.line && column == other.column && file.equals(other.file);
  }
}
