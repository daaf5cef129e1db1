package dev.ovsm.diag;

/** Codes of the command line and its files. */
public enum CommandCode implements Code {
  USAGE(
      "C0001",
      Severity.ERROR,
      "wrong usage",
      """
      The command line does not fit the command. ovsm help COMMAND lists its arguments and flags.
      """),
  OUTPUT(
      "C0002",
      Severity.ERROR,
      "output cannot be written",
      """
      What the command had to say could not be written to the end: the disk is full, or the stream \
      that standard output is connected to refuses it. Free some space or send the output elsewhere.
      """),
  MEMORY(
      "C0003",
      Severity.ERROR,
      "out of memory",
      """
      The Java virtual machine that runs the command has no memory left. Set OVSM_JAVA_OPTS=-Xmx4g \
      to give it more, here four gigabytes.
      """),
  INTERNAL(
      "C0070",
      Severity.ERROR,
      "internal error",
      """
      The tool met a situation it was not made for: that is a mistake in the tool, never in your \
      program. Set OVSM_DEBUG=1 and run the command again to see where it happened, and report both.
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
