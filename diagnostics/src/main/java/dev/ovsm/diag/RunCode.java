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
      No registration of this number was made in the run, or was there when it began; what was made
      by a transaction or a callback that failed is not there either.
      """),
  NOT_A_SNAPSHOT(
      "X0026",
      Severity.ERROR,
      "snapshot cannot be used",
      """
      A snapshot is a file that ovsm run --snapshot-every wrote, N.snapshot in the run's folder. It
      is used only if every byte of it has the checksum that it says, and nothing in it contradicts
      itself. A damaged one is left as it is; take an older one, or start the run anew.
      """),
  NOT_A_RECORDING(
      "X0027",
      Severity.ERROR,
      "recording cannot be replayed",
      """
      A recording is a file that ovsm run --record wrote to its end. It is replayed only if every
      byte of it has its checksum, so one of a run that was killed, or of another version of the
      tool, is refused.
      """),
  REPLAY_DIFFERS(
      "X0028",
      Severity.ERROR,
      "replay differs from the recording",
      """
      The same input gave other fates, other compute units or another state than in the recorded
      run. The recording was made by a tool that behaves differently, or one of the two has a
      mistake: a run is a function of its input alone. The message names the first slot that
      differs.
      """),
  NO_MAP(
      "X0029",
      Severity.ERROR,
      "no such map in the snapshot",
      """
      Nothing in the saved run is a map of this name. Maps are looked for by the name that define-map
      or define-program-array gives them, rings that a program created by their id.
      """),
  LATE(
      "X0030",
      Severity.ERROR,
      "callback runs later than allowed",
      """
      If every callback uses its whole budget, some slot has no room for one that is due in it, and
      it runs more slots late than --max-lateness allows; with :overdue :skip, or where its deadline
      passes meanwhile, it never runs. Lower its budget or that of its neighbours, let them fall due
      in different slots, give it a higher priority, or reserve compute units with the stake that
      ovsm schedule prints.
      """),

  NO_METRICS(
      "X0031",
      Severity.ERROR,
      "metrics cannot be answered",
      """
      ovsm run --metrics answers Prometheus at an address of this machine, written PORT or
      HOST:PORT. Either it is not written so, or this machine does not have the address, or another
      process listens there. Port 0 takes any that is free, and the run says which.
      """);

  private final Meaning meaning;

  RunCode(String id, Severity severity, String title, String explanation) {
    this.meaning = new Meaning(id, severity, title, explanation);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
