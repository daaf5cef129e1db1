package dev.ovsm.diag;

/** Codes of running programs. */
public enum RunCode implements Code {
  NO_STARTUP(
      "X0001",
      Severity.ERROR,
      "no start-up entry",
      """
      The program has no on-startup body and no entry named initialize, init or ...-init, so a run
      would do nothing. Name the entry to call with --init NAME.
      """),
  FAULT(
      "X0002",
      Severity.ERROR,
      "the program faulted",
      """
      The machine stopped the program at this instruction, as every Solana validator would: it read
      or wrote memory that is not its own, divided by zero, used up its compute units, called
      something that is not there, or asked a system call for something impossible.
      """);

  private final String id;
  private final Severity severity;
  private final String title;
  private final String explanation;

  RunCode(String id, Severity severity, String title, String explanation) {
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
