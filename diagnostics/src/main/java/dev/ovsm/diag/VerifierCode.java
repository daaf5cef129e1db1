package dev.ovsm.diag;

/** Codes of the extended verifier. */
public enum VerifierCode implements Code {
  UNBOUNDED_LOOP(
      "V0001",
      Severity.ERROR,
      "loop without a bound",
      """
      The verifier found no bound on how often this loop runs. A loop counts when a variable moves
      in one direction by a known step and an exit compares it with a limit that does not change.
      """);

  private final String id;
  private final Severity severity;
  private final String title;
  private final String explanation;

  VerifierCode(String id, Severity severity, String title, String explanation) {
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
