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
      """),
  NO_PROGRAM(
      "X0003",
      Severity.ERROR,
      "no program to run",
      """
      No program was named, and target/deploy holds none. Compile one with ovsm compile FILE, or
      name a source or a compiled program.
      """),
  SEVERAL_PROGRAMS(
      "X0004",
      Severity.ERROR,
      "several programs to run",
      """
      No program was named, and target/deploy holds more than one. Name the one to run, or all that
      are to run together.
      """),
  BAD_CALL(
      "X0005",
      Severity.ERROR,
      "not a call",
      """
      A transaction to send is SLOT:ENTRY or SLOT:ENTRY:ARGUMENTS, in a slot after the first one,
      where the program starts. The entry of one of several programs is PROGRAM/ENTRY.
      """),
  UNKNOWN_ENTRY(
      "X0006",
      Severity.ERROR,
      "no such entry",
      """
      No program of the run has an entry of this name, or more than one has. The manifest in a
      program's file lists its entries.
      """),
  BAD_ARGUMENTS(
      "X0007",
      Severity.ERROR,
      "arguments do not fit",
      """
      The arguments after SLOT:ENTRY: do not fit the entry's parameters. They are separated by
      commas: whole numbers, true or false, addresses in base 58, text. Anything else can be given
      as 0x and the bytes of all arguments in Borsh.
      """),
  NOT_DEPLOYED(
      "X0008",
      Severity.ERROR,
      "program cannot be deployed",
      """
      The program's file does not load, or the entry that creates its maps fails. Compile it again.
      """),
  STARTUP_FAILED(
      "X0009",
      Severity.ERROR,
      "start-up failed",
      """
      The transaction that starts the program failed, so there is nothing to run. Its log says why;
      run again with -v to see all of it.
      """),
  TRANSACTION_FAILED(
      "X0010",
      Severity.ERROR,
      "transaction failed",
      """
      A transaction takes effect as a whole or not at all, and this one did not: a program in it
      returned an error, faulted, or broke a rule of the chain, such as writing to an account that
      it does not own. Its log says why; ovsm run shows all of it with -v.
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
