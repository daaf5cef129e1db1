package dev.ovsm.sbpf.asm;

/** Writes names, numbers and comments so that they read back as what they were. */
final class Names {
  /** From this magnitude on numbers are written in hexadecimal. */
  private static final long LARGE = 1 << 16;

  private Names() {}

  /** A label or the name of a section, in quotes if it needs them. */
  static String label(String name) {
    boolean isWord = !name.isEmpty() && (name.charAt(0) < '0' || name.charAt(0) > '9');
    for (int i = 0; i < name.length(); i++) {
      isWord &= LineLexer.isWordPart(name.charAt(i));
    }
    return isWord ? name : quoted(name);
  }

  /** A string in quotes. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case 0 -> out.append("\\0");
        case '"', '\\' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** A number of at most 32 bits and a sign. */
  static String number(long value) {
    if (value > -LARGE && value < LARGE) {
      return Long.toString(value);
    }
    return value < 0 ? "-0x" + Long.toHexString(-value) : "0x" + Long.toHexString(value);
  }

  /** Text without what would end or disturb a comment. */
  static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(c -> isPrintable(c) ? c : '\uFFFD').forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Whether a terminal shows the character and does nothing else. */
  static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
