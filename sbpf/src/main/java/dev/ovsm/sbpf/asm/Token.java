package dev.ovsm.sbpf.asm;

/**
 * A piece of a line of assembly.
 *
 * @param text of a string its contents, else the piece itself
 * @param start where it begins in the source, in UTF-16 units
 * @param value of a number its value, 0..2^64-1 if it has no sign
 */
record Token(Kind kind, String text, int start, int end, long value) {
  enum Kind {
    /** A mnemonic, directive, register or label. */
    WORD,
    /** A name in quotes, or text. */
    STRING,
    /** A number, with its sign if it has one. */
    NUMBER,
    /** One of {@code , : [ ]}. */
    SIGN,
    /** Something that is none of these. */
    WRONG,
    /** What comes after the last piece of a line. */
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** Whether it can name a label. */
  boolean isName() {
    return kind == Kind.WORD || kind == Kind.STRING;
  }

  /** Whether a number was written with a minus sign. */
  boolean isNegative() {
    return kind == Kind.NUMBER && text.startsWith("-");
  }
}
