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
      """),
  NOT_A_SCENARIO(
      "X0020",
      Severity.ERROR,
      "not a scenario",
      """
      A scenario is one YAML document of at most 4 MiB, without anchors, aliases and deep nesting:
      version, slots, accounts, steps and expect. Write a value again where it is needed twice.
      """),
  SCENARIO_KEY(
      "X0021",
      Severity.ERROR,
      "no such name in a scenario",
      """
      Nothing in a scenario is ignored: a name that means nothing where it stands, or stands there
      twice, or is missing where it is needed, is an error. The message says which names there are.
      """),
  SCENARIO_VALUE(
      "X0022",
      Severity.ERROR,
      "value does not fit the scenario",
      """
      A value is not what stands in its place: a number, a balance such as 5 SOL, an address or the
      name of an account, a slot counted from start-up, a condition such as vault.amount < 10. Or a
      number does not fit the field of an account that it is to be written to.
      """),
  EXPECTATION_FAILED(
      "X0023",
      Severity.ERROR,
      "expectation failed",
      """
      What the scenario expects of the run did not come true: a condition under at-end or always, or
      how often an event, a line of the log or a fate was to be counted. The note shows the numbers
      in the condition as they were then.
      """),
  NO_RUN(
      "X0024",
      Severity.ERROR,
      "no run to ask about",
      """
      Every run leaves a folder with its events, target/run/1 and so on, unless --run-folder names
      another place or none. Run a program first, in this folder, or name a run with --run.
      """),
  UNKNOWN_REGISTRATION(
      "X0025",
      Severity.ERROR,
      "no such registration in the run",
      """
      Nothing was triggered in the run for a registration of this number: it was never made, or it
      still waits for its first slot, change or event.
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
