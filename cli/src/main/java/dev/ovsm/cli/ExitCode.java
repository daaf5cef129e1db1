package dev.ovsm.cli;

/** What the process says to its caller when it ends. */
enum ExitCode {
  OK(0),
  /**
   * A finding at or above the fail level, a failed expectation, a fault of the executed program.
   */
  FINDINGS(1),
  USAGE(2),
  /** The source does not parse or type. */
  NOT_A_PROGRAM(3),
  /** A file, the disk or Java itself is in the way. */
  ENVIRONMENT(4),
  /** The verifier found nothing wrong but could not prove everything either. */
  UNKNOWN(5),
  /** A bug of this tool. */
  INTERNAL(70),
  /** A signal asked it to end; the JVM itself says 143 instead if that was SIGTERM. */
  INTERRUPTED(130),
  /** Whoever read the output has gone: what a process says that SIGPIPE ends. */
  UNWANTED(141);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
