package dev.ovsm.diag;

import java.util.Arrays;

/**
 * A named text with a line table; two sources are the same only if they are the same object.
 *
 * <p>Offsets are indices of UTF-16 units in {@link #text()}; lines and columns count from 1,
 * columns in Unicode code points.
 */
public final class Source {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  /** Whether every character is one UTF-16 unit, so that columns need no counting. */
  private final boolean isPlain;

  public Source(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
    this.isPlain = text.chars().noneMatch(unit -> Character.isSurrogate((char) unit));
  }

  /** The path as the user gave it, or a bracketed name such as {@code <stdlib/math>}. */
  public String name() {
    return name;
  }

  /** Whether it is no file of the user's, such as one of the library. */
  public boolean isInternal() {
    return isInternal(name);
  }

  /** Whether a source of this name is no file of the user's. */
  public static boolean isInternal(String name) {
    return name.startsWith("<");
  }

  public String text() {
    return text;
  }

  /** The number of lines, at least 1. */
  public int lines() {
    return lineStarts.length;
  }

  /**
   * The line, from 1, that holds {@code offset}; an offset past the end belongs to the last line.
   */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of {@code offset} in its line, from 1, in code points. */
  public int column(int offset) {
    int end = Math.min(offset, text.length());
    int start = lineStarts[line(offset) - 1];
    return (isPlain ? end - start : text.codePointCount(start, end)) + 1;
  }

  /** The offset of a line and a column, both from 1; past the end of either, the end. */
  public int offset(int line, int column) {
    if (line > lineStarts.length) {
      return text.length();
    }
    int past = Math.min(Math.max(column - 1, 0), length(line));
    return text.offsetByCodePoints(lineStarts[line - 1], past);
  }

  /** The text of a line, from 1, without its line terminator. */
  public String lineText(int line) {
    return text.substring(lineStarts[line - 1], lineEnd(line));
  }

  /** How many characters a line has, in code points. */
  public int length(int line) {
    return column(lineEnd(line)) - 1;
  }

  /** The text of a line, from 1, or its first {@code most} UTF-16 units if it has more. */
  public String lineText(int line, int most) {
    int start = lineStarts[line - 1];
    return text.substring(start, Math.min(lineEnd(line), start + most));
  }

  /** Where the text of a line ends, before its line terminator. */
  int lineEnd(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
    return end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** The span of the whole text. */
  public Span whole() {
    return new Span(this, 0, text.length());
  }

  @Override
  public String toString() {
    return name;
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = at + 1;
    }
    return Arrays.copyOf(starts, count);
  }
}
