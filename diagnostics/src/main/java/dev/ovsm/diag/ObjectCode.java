package dev.ovsm.diag;

/** Codes of object files, assembly and machine code. */
public enum ObjectCode implements Code {
  NOT_AN_ELF(
      "E0001",
      Severity.ERROR,
      "not a program",
      """
      The file is not a 64-bit little-endian ELF file for sBPF. Compile a source with
      ovsm compile, or name the .so that it wrote.
      """),
  BAD_IR(
      "E0002",
      Severity.ERROR,
      "text IR that does not parse",
      """
      The text of the intermediate representation does not have the form that the compiler prints.
      Print an example with ovsm compile --emit ir and compare. Reading stops at the first place
      that does not fit.
      """);

  private final String id;
  private final Severity severity;
  private final String title;
  private final String explanation;

  ObjectCode(String id, Severity severity, String title, String explanation) {
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
