package dev.ovsm.diag;

/** Codes of reading text into forms. */
public enum ReadCode implements Code {
  UNBALANCED_PARENTHESIS(
      "R0001",
      Severity.ERROR,
      "unbalanced parenthesis",
      """
      Every opening parenthesis, bracket or brace needs its closing partner of the same kind.
      The reader goes on at the next top-level form, so the first report is the one to mend.
      """),
  UNEXPECTED_CHARACTER(
      "R0002",
      Severity.ERROR,
      "unexpected character",
      """
      No form starts with this character. A source is UTF-8 text; control characters belong in
      strings, written as escapes such as \\x07.
      """),
  UNCLOSED_STRING(
      "R0003",
      Severity.ERROR,
      "string without an end",
      """
      A string starts with a quotation mark and ends at the next one that no backslash precedes.
      The file ended first: add the closing mark, or escape a mark inside the string as \\".
      """),
  UNCLOSED_COMMENT(
      "R0004",
      Severity.ERROR,
      "comment without an end",
      """
      A comment that starts with #| ends with |#. Comments nest, so a #| inside one needs its own
      |#. The file ended first.
      """),
  MALFORMED_NUMBER(
      "R0005",
      Severity.ERROR,
      "malformed number",
      """
      A word that starts with a digit is a number: decimal (1_000), hexadecimal (0xff) or binary
      (0b101), with an optional type suffix u8 to u128 or i8 to i128, or a decimal fraction (2.5,
      1e-9). Names start with another character.
      """),
  NUMBER_TOO_LARGE(
      "R0006",
      Severity.ERROR,
      "number out of range",
      """
      The number fits no type of the language. Integers hold -2^127 to 2^128 - 1, fractions have
      exponents of at most 400.
      """),
  BAD_ESCAPE(
      "R0007",
      Severity.ERROR,
      "unknown escape",
      """
      Strings know the escapes \\n \\t \\r \\0 \\\\ \\" \\x41 and \\u{1F493}; characters are written
      #\\a, #\\space, #\\newline, #\\tab, #\\return, #\\null or #\\x41.
      """),
  BAD_PUBLIC_KEY(
      "R0008",
      Severity.ERROR,
      "not a public key",
      """
      A public key is 32 bytes written in base58, which has no 0, O, I or l: between 32 and 44
      characters. Check that it was copied whole.
      """),
  TOO_DEEP(
      "R0009",
      Severity.ERROR,
      "nesting too deep",
      """
      Forms may nest 500 deep. Deeper ones are taken for damage: take inner forms out into
      definitions of their own.
      """),
  TOO_LARGE(
      "R0010",
      Severity.ERROR,
      "source too large",
      """
      A source holds at most 4 MiB of text and a million forms, a name 256 characters and a text in
      quotation marks 65,536. Split a source into several files and compile them together, and keep
      what is larger in the data of an account.
      """),
  DANGLING_PREFIX(
      "R0011",
      Severity.ERROR,
      "prefix without a form",
      """
      A quote, quasi-quote, comma or #; applies to the form after it, and none follows. Remove the
      prefix or write the form.
      """),
  EMPTY(
      "R0012",
      Severity.ERROR,
      "source without a form",
      """
      The file is empty, or all of it is comments, so there is nothing to compile. It may have been
      cut off when it was saved or copied. A smallest program is (log :answer 42).
      """);

  private final Meaning meaning;

  ReadCode(String id, Severity severity, String title, String explanation) {
    this.meaning = new Meaning(id, severity, title, explanation);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
