package dev.ovsm.diag;

/** Codes of the language: names, macros, types, lowering. */
public enum LanguageCode implements Code {
  UNKNOWN_NAME(
      "L0001",
      Severity.ERROR,
      "unknown name",
      """
      The name is bound nowhere around this place and no file compiled with this one defines it.
      Define it, import the module that does, or correct the spelling.
      """);

  private final String id;
  private final Severity severity;
  private final String title;
  private final String explanation;

  LanguageCode(String id, Severity severity, String title, String explanation) {
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
