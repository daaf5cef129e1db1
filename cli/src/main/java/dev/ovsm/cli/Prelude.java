package dev.ovsm.cli;

import dev.ovsm.cli.chronicle.Chronicle;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.cli.run.JsonReport;
import dev.ovsm.cli.run.Plan;
import dev.ovsm.cli.run.Programs;
import dev.ovsm.cli.run.Progress;
import dev.ovsm.cli.run.Report;
import dev.ovsm.cli.run.Report.Detail;
import dev.ovsm.cli.run.Run;
import dev.ovsm.cli.run.TextReport;
import dev.ovsm.cli.saved.Snapshots;
import dev.ovsm.cli.scenario.Scenario;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Does with a program of the rehearsal what a command is about to do, on another processor, so that
 * the classes that the command then needs are there, and their methods compiled: runs one while a
 * run's arguments are read and its programs are loaded, and compiles one while a long source is
 * read to be compiled or linted. Nothing of it is seen.
 */
final class Prelude {
  private static final String SUFFIX = ".ovsm";
  private static final String SOURCE = "rehearsal_accounts.ovsm";
  private static final String PROGRAM = "rehearsal.so";
  private static final long SLOTS = 3_000;

  /** A run takes one for itself and one for the Java virtual machine's compiler. */
  private static final int FEWEST_TO_RUN = 3;

  /** Until the phases that share their work, a compilation and that compiler leave half of one. */
  private static final int FEWEST_TO_COMPILE = 2;

  /** Sources of more bytes than these take longer to compile than what comes before. */
  private static final long LONG = 100_000;

  private Prelude() {}

  /** Begins, if these arguments call a command that gains by it. */
  static void begin(List<String> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    String word = arguments.get(0);
    int processors = Runtime.getRuntime().availableProcessors();
    if (word.equals(Verb.RUN.word()) && processors >= FEWEST_TO_RUN) {
      begin(() -> play(SLOTS));
    } else if ((word.equals(Verb.COMPILE.word()) || word.equals(Verb.LINT.word()))
        && processors >= FEWEST_TO_COMPILE
        && areLong(arguments)) {
      begin(Prelude::compile);
    }
  }

  private static boolean areLong(List<String> arguments) {
    return arguments.stream()
            .filter(argument -> argument.endsWith(SUFFIX))
            .mapToLong(file -> new File(file).length())
            .sum()
        > LONG;
  }

  private static void begin(Callable<?> part) {
    Runnable unseen =
        () -> {
          try {
            part.call();
          } catch (Exception | Error e) {
            // the command itself meets whatever is wrong, and says so
          }
        };
    Thread thread = new Thread(unseen, "prelude");
    thread.setDaemon(true);
    thread.start();
  }

  /** Compiles a source of the rehearsal, if it is there, and returns what comes of it. */
  static Optional<Compilation> compile() throws IOException {
    try (InputStream in = Prelude.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        return Optional.empty();
      }
      Source source = new Source(SOURCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return Optional.of(
          Compilation.of(List.of(source), Compilation.Target.DEFAULT, new Diagnostics()));
    }
  }

  private static Optional<Map<String, byte[]>> play(long slots) throws IOException {
    return program().map(elf -> play(elf, slots));
  }

  /** The compiled program, if packaging left it. */
  static Optional<byte[]> program() throws IOException {
    try (InputStream in = Prelude.class.getResourceAsStream(PROGRAM)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }

  /** Runs a program as the command would, and returns what the run would leave. */
  static Map<String, byte[]> play(byte[] elf, long slots) {
    Diagnostics found = new Diagnostics();
    Plan plan =
        new Plan(
            new ChainOptions().settings(),
            slots,
            Programs.of(PROGRAM, elf, found).list(),
            null,
            List.of(),
            List.of(),
            null,
            Scenario.EMPTY,
            Map.of(),
            null);
    Progress progress = new Progress(nowhere(), false, 0, slots);
    Chronicle chronicle = new Chronicle(plan);
    List<Report> reports =
        List.of(
            new TextReport(nowhere(), Detail.NORMAL, progress),
            new JsonReport(nowhere(), Detail.NORMAL),
            chronicle);
    new Run(plan, EngineChoice.AUTO.engine(), reports, Snapshots.NONE, 1, null, () -> false)
        .execute(found);
    return chronicle.files(Path.of(""), found);
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }
}
