package dev.ovsm.diag;

/** Codes of the command line and its files. */
public enum CommandCode implements Code {
  USAGE(
      "C0001",
      Severity.ERROR,
      "wrong usage",
      """
      The command line does not fit the command. ovsm help COMMAND lists its arguments and flags.
      """);

  private final String id;
  private final Severity severity;
  private final String title;
  private final String explanation;

  CommandCode(String id, Severity severity, String title, String explanation) {
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
