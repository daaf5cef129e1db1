package dev.ovsm.cli;

import dev.ovsm.cli.chronicle.Chronicle;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the rehearsal's program on another processor while a run's arguments are read and its
 * programs are loaded, so that the classes that the run then needs are there, and their methods
 * compiled. Nothing of it is seen.
 */
final class Prelude {
  private static final String PROGRAM = "rehearsal.so";
  private static final long SLOTS = 3_000;

  /** One for the command and one for the Java virtual machine's compiler are taken. */
  private static final int FEWEST_PROCESSORS = 3;

  private Prelude() {}

  /** Begins, if these arguments call a command that gains by it. */
  static void begin(List<String> arguments) {
    boolean isRun = !arguments.isEmpty() && arguments.get(0).equals(Verb.RUN.word());
    if (isRun && Runtime.getRuntime().availableProcessors() >= FEWEST_PROCESSORS) {
      Thread thread = new Thread(Prelude::play, "prelude");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void play() {
    try {
      program().ifPresent(elf -> play(elf, SLOTS));
    } catch (IOException | RuntimeException | Error e) {
      // the run itself meets whatever is wrong, and says so
    }
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
