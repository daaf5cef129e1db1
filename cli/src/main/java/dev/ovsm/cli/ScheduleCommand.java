package dev.ovsm.cli;

import dev.ovsm.cli.call.Callbacks;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.run.Grant;
import dev.ovsm.cli.run.Plan;
import dev.ovsm.cli.run.Plural;
import dev.ovsm.cli.run.Programs;
import dev.ovsm.cli.run.Run;
import dev.ovsm.cli.run.Schedule;
import dev.ovsm.cli.saved.Snapshots;
import dev.ovsm.cli.scenario.Scenario;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Simulation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm schedule PROGRAM…}: whether slots have room for all timers, and what runs late. */
@CommandLine.Command(
    name = "schedule",
    description = {
      "Say what the timers of programs ask of slots if every callback uses its whole budget: how"
          + " much of all slots, which slot has the most to do, and how late each callback runs.",
      "",
      "Programs are started and run for some slots first, to see which timers arm themselves again"
          + " and how far ahead. What watchers and events trigger comes on top. A deadline counts as"
          + " missed where there is no room from its first slot to its last."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm schedule examples/heartbeat.ovsm",
      "  ovsm schedule bot.so vault.so --max-lateness 0",
      "  ovsm schedule bot.so vault.so --stake vault:50SOL",
      "",
      "Exit codes: 0 said, 1 a callback runs later than allowed, or a program is unsafe or",
      "does not start, 2 wrong usage, 3 a file is no program, 4 a file cannot be read."
    })
final class ScheduleCommand implements Command {
  private static final String ROW = "%6s  %-9s  %-24s  %8s  %10s  %s";
  private static final String RESERVED = "     reserved  %,d CU of every slot for %s";
  private static final long UNITS_A_SOL = 1_000;

  @Parameters(arity = "0..*", paramLabel = "PROGRAM", description = "Sources or .so files.")
  private List<String> files = List.of();

  @Option(
      names = "--init",
      paramLabel = "ENTRY",
      description = "The entry that starts the program (default: as ovsm run has it).")
  private @Nullable String init;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How many slots to watch the timers for (default: ${DEFAULT-VALUE}).")
  private long slots = 500;

  @Option(
      names = "--max-lateness",
      paramLabel = "N",
      description =
          "Fail if a callback may run more than N slots after its own, or for want of room be"
              + " skipped or wait until its deadline is over.")
  private @Nullable Long maxLateness;

  @Mixin private ChainOptions chain = new ChainOptions();

  @Mixin private EconomyOptions economy = new EconomyOptions();

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Diagnostic> wrong =
        chain
            .wrong()
            .or(() -> ChainOptions.atLeast("--slots", slots, 0))
            .or(
                () ->
                    ChainOptions.atLeast(
                        "--max-lateness", maxLateness == null ? 0 : maxLateness, 0));
    if (wrong.isPresent()) {
      terminal.report(wrong.get());
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    Programs programs = Programs.find(files, null, found);
    found.list().forEach(terminal::report);
    return switch (programs.outcome()) {
      case FOUND -> run(programs.list(), terminal);
      case ENVIRONMENT -> ExitCode.ENVIRONMENT;
      case USAGE -> ExitCode.USAGE;
      case NOT_A_PROGRAM -> ExitCode.NOT_A_PROGRAM;
      case UNSAFE -> ExitCode.FINDINGS;
    };
  }

  private ExitCode run(List<RunnableProgram> programs, Terminal terminal) {
    Diagnostics found = new Diagnostics();
    List<Grant> grants = economy.grants(programs, found);
    if (found.hasErrors()) {
      found.list().forEach(terminal::report);
      return ExitCode.USAGE;
    }
    Plan plan =
        new Plan(
            chain.settings(),
            slots,
            programs,
            init,
            grants,
            List.of(),
            null,
            Scenario.EMPTY,
            Map.of(),
            null);
    Schedule.Observer observer = new Schedule.Observer();
    Run run =
        new Run(
            plan,
            EngineChoice.AUTO.engine(),
            List.of(observer),
            Snapshots.NONE,
            1,
            null,
            () -> false);
    Run.Outcome outcome = run.execute(found);
    found.list().forEach(terminal::report);
    Optional<Simulation> ended = run.ended();
    if (ended.isEmpty()) {
      return outcome == Run.Outcome.USAGE ? ExitCode.USAGE : ExitCode.FINDINGS;
    }
    Schedule schedule = Schedule.of(ended.get(), observer);
    show(schedule, programs, terminal);
    return late(schedule, programs, terminal) ? ExitCode.FINDINGS : ExitCode.OK;
  }

  private static void show(Schedule schedule, List<RunnableProgram> programs, Terminal terminal) {
    line(terminal, "  slot budget  %,d CU", schedule.slotBudget());
    line(terminal, "  utilisation  %.1f %%", 100 * schedule.utilisation());
    line(
        terminal,
        "         peak  slot %d, in which %,d CU fall due",
        schedule.peakSlot(),
        schedule.peakUnits());
    String more = schedule.hyperperiod() == Schedule.MOST_SLOTS ? " or more" : "";
    line(terminal, "  hyperperiod  %s%s", Plural.of(schedule.hyperperiod(), "slot"), more);
    schedule.reserved().forEach((program, units) -> line(terminal, RESERVED, units, program));
    line(terminal, ROW, "id", "kind", "callback", "period", "budget", "slots late");
    for (Schedule.Row row : schedule.rows()) {
      line(
          terminal,
          ROW,
          Long.toString(row.task().id()),
          row.task().kind().word(),
          new Callbacks(programs).name(row.task()),
          row.period() == 0 ? "once" : Long.toString(row.period()),
          String.format(Locale.ROOT, "%,d", row.task().budget()),
          lateness(row));
    }
    schedule.stakes().forEach((program, units) -> stake(program, units, schedule, terminal));
  }

  private static String lateness(Schedule.Row row) {
    String late =
        row.lateness() == Long.MAX_VALUE
            ? "ever more"
            : row.lateness() == 0 ? "0" : "up to " + row.lateness();
    return row.skips() ? late + ", or skipped" : row.expires() ? late + ", or expired" : late;
  }

  private static void stake(Pubkey program, long units, Schedule schedule, Terminal terminal) {
    if (units > schedule.reservable(program)) {
      line(terminal, "no stake helps %s: %,d CU of it fall due in one slot", program, units);
    } else {
      long sol = (units + UNITS_A_SOL - 1) / UNITS_A_SOL;
      line(terminal, "a stake of %,d SOL lets nothing of %s be late", sol, program);
    }
  }

  private boolean late(Schedule schedule, List<RunnableProgram> programs, Terminal terminal) {
    boolean late = false;
    for (Schedule.Row row : schedule.rows()) {
      if (maxLateness != null && (row.lateness() > maxLateness || row.isLost())) {
        late = true;
        terminal.report(
            Diagnostic.in(
                    new Callbacks(programs).name(row.task()) + " " + row.task().id(),
                    RunCode.LATE,
                    row.lateness() > maxLateness
                        ? "it runs up to " + slots(row.lateness()) + " late"
                        : row.skips()
                            ? "it is skipped where there is no room, and then never runs"
                            : "it finds no room until its deadline, and then never runs")
                .withHelp("lower budgets, spread what falls due together, or reserve with stake"));
      }
    }
    return late;
  }

  private static String slots(long lateness) {
    return lateness == Long.MAX_VALUE ? "ever more slots" : Plural.of(lateness, "slot");
  }

  private static void line(Terminal terminal, String format, Object... values) {
    terminal.out().println(String.format(Locale.ROOT, format, values).stripTrailing());
  }
}
