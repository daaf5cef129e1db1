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
      """);

  private final String id;
  private final Severity severity;
  private final String title;
  private final String explanation;

  ReadCode(String id, Severity severity, String title, String explanation) {
    this.id = id;
    this.severity = severity;
    this.title = title;
    this.explanation = explanation;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
