package dev.ovsm.cli;

import java.util.List;
import java.util.function.Supplier;

/** Every command of the tool by the word that calls it, in the order in which help lists them. */
enum Verb {
  COMPILE("compile", CompileCommand::new),
  CHECK("check", CheckCommand::new),
  EVAL("eval", EvalCommand::new),
  REPL("repl", ReplCommand::new),
  RUN("run", RunCommand::new),
  REPLAY("replay", ReplayCommand::new),
  SCHEDULE("schedule", ScheduleCommand::new),
  TASKS("tasks", TasksCommand::new),
  MAP("map", MapCommand::new),
  WHY("why", WhyCommand::new),
  LINT("lint", LintCommand::new),
  COST("cost", CostCommand::new),
  EXEC("exec", ExecCommand::new),
  INVOKE("invoke", InvokeCommand::new),
  DISASM("disasm", DisasmCommand::new),
  ASM("asm", AsmCommand::new),
  EXPLAIN("explain", ExplainCommand::new);

  private final String word;
  private final Supplier<Command> maker;

  Verb(String word, Supplier<Command> maker) {
    this.word = word;
    this.maker = maker;
  }

  String word() {
    return word;
  }

  Command command() {
    return maker.get();
  }

  /**
   * The verbs that must be known to read these arguments: one alone if they begin with it, since
   * each takes time to set up, else all.
   */
  static List<Verb> needed(List<String> arguments) {
    List<Verb> all = List.of(values());
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    List<Verb> called = all.stream().filter(verb -> verb.word.equals(first)).toList();
    return called.isEmpty() ? all : called;
  }
}
