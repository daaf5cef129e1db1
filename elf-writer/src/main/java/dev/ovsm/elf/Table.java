package dev.ovsm.elf;

import java.util.ArrayList;
import java.util.List;

/** Rows of words under a heading, in columns that are as wide as their widest word. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();

  Table(String... heading) {
    rows.add(heading);
  }

  /** Adds a row of as many words as the heading has. */
  Table row(String... words) {
    rows.add(words);
    return this;
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The lines, indented and each ended by {@code \n}; numbers stand to the right. */
  String text() {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String blanks = " ".repeat(widths[i] - row[i].length());
        boolean isNumber = rows.size() > 1 && startsWithDigit(rows.get(1)[i]);
        line.append("  ").append(isNumber ? blanks + row[i] : row[i] + blanks);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private static boolean startsWithDigit(String word) {
    return !word.isEmpty() && Character.isDigit(word.charAt(0));
  }
}
