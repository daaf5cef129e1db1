package dev.ovsm.cli;

import dev.ovsm.cli.call.Callbacks;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.run.Plural;
import dev.ovsm.cli.saved.LoadedRun;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Forecast;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Task;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm tasks SNAPSHOT}: what is registered, and what would happen if each ran now. */
@CommandLine.Command(
    name = "tasks",
    description = {
      "List the timers, watchers, subscriptions and work items of a saved run: their state, the"
          + " slot in which each runs next, failures in a row, and what would happen if it ran"
          + " now.",
      "",
      "With --fit, say whether a callback of so many compute units would run in a slot if all that"
          + " is known to fall due until then used its whole budget, stakes included."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm tasks target/run/1/300.snapshot",
      "  ovsm tasks target/run/1/300.snapshot --fit 50000@450",
      "  ovsm tasks target/run/1/300.snapshot --fit 50000@450 --program vault",
      "",
      "Exit codes: 0 said, 1 it does not fit, 2 wrong usage, 3 no snapshot, 4 it cannot",
      "be read."
    })
final class TasksCommand implements Command {
  /** How far a later slot with room is looked for. */
  private static final long FURTHEST = 100_000;

  /** How far ahead a timer can be set. */
  private static final long MOST_AHEAD = 1_000_000;

  @Parameters(paramLabel = "SNAPSHOT", description = "A snapshot of a run.")
  private String snapshot = "";

  @Option(
      names = "--fit",
      paramLabel = "BUDGET@SLOT",
      description = "Whether a callback of this budget would run in this slot.")
  private @Nullable String fit;

  @Option(
      names = "--program",
      paramLabel = "NAME",
      description =
          "Whose callback --fit asks about, which may have a stake (default: the run's only"
              + " program, else one without a stake).")
  private @Nullable String program;

  /** A budget and a slot. */
  private record Wish(long budget, long slot) {
    static Optional<Wish> parse(String text) {
      String[] parts = text.replace("_", "").split("@", -1);
      try {
        return parts.length == 2
            ? Optional.of(new Wish(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
            : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Wish> wish = fit == null ? Optional.empty() : Wish.parse(fit);
    if (fit != null && wish.filter(w -> w.budget > 0 && w.slot >= 0).isEmpty()) {
      terminal.report(
          Diagnostic.in("--fit", CommandCode.USAGE, "--fit takes BUDGET@SLOT, not " + fit)
              .withHelp("for example --fit 50000@1200"));
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    Optional<LoadedRun> loaded = LoadedRun.read(snapshot, found);
    found.list().forEach(terminal::report);
    if (loaded.isEmpty()) {
      return refusal(found);
    }
    if (wish.isPresent()) {
      return fit(wish.get(), loaded.get(), terminal);
    }
    list(loaded.get(), terminal);
    return ExitCode.OK;
  }

  /** The exit code of a snapshot that cannot be used. */
  static ExitCode refusal(Diagnostics found) {
    return found.list().stream().anyMatch(one -> one.code() == RunCode.NOT_A_SNAPSHOT)
        ? ExitCode.NOT_A_PROGRAM
        : ExitCode.ENVIRONMENT;
  }

  private static void list(LoadedRun loaded, Terminal terminal) {
    Simulation simulation = loaded.simulation();
    List<Task> tasks = simulation.prospects().tasks();
    Callbacks callbacks = new Callbacks(loaded.everyone());
    terminal
        .out()
        .println("slot " + simulation.slot() + ", " + Plural.of(tasks.size(), "registration"));
    terminal
        .out()
        .println(row("id", "kind", "callback", "state", "next slot", "failures", "if it ran now"));
    for (Task task : tasks) {
      String next = task.nextSlot() < 0 ? "-" : Long.toString(task.nextSlot());
      String failures = task.failures() + (task.openUntil() > simulation.slot() ? " open" : "");
      terminal
          .out()
          .println(
              row(
                  Long.toString(task.id()),
                  task.kind().word(),
                  callbacks.name(task),
                  task.state(),
                  next,
                  failures,
                  trial(task)));
    }
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%6s  %-8s  %-24s  %-12s  %10s  %8s  %s", (Object[]) cells)
        .stripTrailing();
  }

  private static String trial(Task task) {
    Task.Trial now = task.now();
    if (!now.ran()) {
      return "it has no callback";
    }
    String units = String.format(Locale.ROOT, "%,d of %,d CU", now.units(), task.budget());
    return now.error().isEmpty() ? units : "fails after " + units + ": " + now.error();
  }

  private ExitCode fit(Wish wish, LoadedRun loaded, Terminal terminal) {
    Simulation simulation = loaded.simulation();
    List<RunnableProgram> programs = loaded.everyone();
    Optional<RunnableProgram> asking =
        programs.stream().filter(one -> one.name().equals(program)).findFirst();
    Optional<Diagnostic> wrong =
        wrong(wish, simulation.slot())
            .or(() -> asking.isPresent() ? Optional.empty() : unknown(programs));
    if (wrong.isPresent()) {
      terminal.report(wrong.get());
      return ExitCode.USAGE;
    }
    Pubkey whose =
        asking
            .or(() -> programs.size() == 1 ? programs.stream().findFirst() : Optional.empty())
            .map(RunnableProgram::id)
            .orElse(Simulation.PAYER);
    long from = simulation.slot() + 1;
    long room =
        Forecast.of(
                simulation.prospects().loads(),
                simulation.settings(),
                simulation.prospects()::reservedIn,
                from,
                wish.slot)
            .room(whose);
    boolean fits = wish.budget <= room;
    terminal
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "slot %d has room for %,d CU: %,d %s",
                wish.slot,
                room,
                wish.budget,
                fits ? "fit" : "do not fit"));
    if (!fits) {
      terminal.out().println(later(wish, whose, simulation));
    }
    return fits ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private static Optional<Diagnostic> wrong(Wish wish, long now) {
    if (wish.slot <= now) {
      return Optional.of(
          Diagnostic.in("--fit", CommandCode.USAGE, "slot " + wish.slot + " is over")
              .withHelp("the snapshot is of slot " + now));
    }
    return wish.slot > now + MOST_AHEAD
        ? Optional.of(
            Diagnostic.in("--fit", CommandCode.USAGE, "slot " + wish.slot + " is too far ahead")
                .withHelp("nothing can be planned for more than " + MOST_AHEAD + " slots ahead"))
        : Optional.empty();
  }

  private Optional<Diagnostic> unknown(List<RunnableProgram> programs) {
    String names = programs.stream().map(RunnableProgram::name).collect(Collectors.joining(", "));
    return Optional.ofNullable(program)
        .map(
            name ->
                Diagnostic.in("--program", CommandCode.USAGE, "no program is named " + name)
                    .withHelp("the programs of the run are " + names));
  }

  private static String later(Wish wish, Pubkey whose, Simulation simulation) {
    if (wish.budget > simulation.settings().slotBudget()) {
      return "no slot has as much room";
    }
    OptionalLong later =
        Forecast.firstWithRoom(
            simulation.prospects().loads(),
            simulation.settings(),
            simulation.prospects()::reservedIn,
            simulation.slot() + 1,
            whose,
            wish.budget,
            wish.slot + 1,
            wish.slot + FURTHEST);
    return later.isPresent()
        ? "the first slot after it with as much room is " + later.getAsLong()
        : "no slot of the next " + FURTHEST + " has as much room";
  }
}
