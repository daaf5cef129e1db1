package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.call.Callbacks;
import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.cli.run.Plan;
import dev.ovsm.cli.run.Report;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.autonomous.Charge;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Summary;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what happens in a run, and leaves {@link #SUMMARY}, {@link #TRACE} and {@link #PAGE} of
 * it; the files are a function of the run alone.
 *
 * <p>Memory and files do not grow with the number of slots: see {@link Axis}, {@link Lanes} and
 * {@link Window}.
 */
public final class Chronicle implements Report {
  /** What came of the run, as one JSON object. */
  public static final String SUMMARY = "summary.json";

  /** The last steps, as Chrome and Perfetto read traces. */
  public static final String TRACE = "trace.json";

  /** A page for people that needs nothing but a browser. */
  public static final String PAGE = "report.html";

  private final Plan plan;
  private @Nullable Story story;
  private @Nullable Summary summary;

  public Chronicle(Plan plan) {
    this.plan = plan;
  }

  @Override
  public void begun(Simulation simulation) {
    story = new Story(plan, new Callbacks(plan.everyone()), simulation);
  }

  @Override
  public void fate(FateRecord fate) {
    if (story != null) {
      story.fate(fate);
    }
  }

  @Override
  public void charged(Charge charge) {
    if (story != null) {
      story.charged(charge);
    }
  }

  @Override
  public void transaction(long slot, TransactionOutcome outcome) {
    if (story != null) {
      story.transaction(outcome);
    }
  }

  @Override
  public void slotEnded(SlotReport report) {
    if (story != null) {
      story.slotEnded(report);
    }
  }

  @Override
  public void ended(Summary whole, long millis) {
    summary = whole;
  }

  @Override
  public void stopped(long slot, long asked, Optional<Path> snapshot) {
    if (story != null) {
      story.stopped(asked);
    }
  }

  @Override
  public void abandoned(Summary whole) {
    summary = whole;
  }

  /**
   * Writes the files of a run that is over, all or none; nothing if the run never began.
   *
   * @param said what was found wrong with the run
   * @param found takes why the files cannot be written
   */
  public void write(Path folder, Diagnostics said, Diagnostics found) {
    Map<String, byte[]> files = files(folder, said);
    if (!files.isEmpty()) {
      OutputFile.writeAll(files, found);
    }
  }

  /**
   * The files of a run that is over, by their paths; none if the run never began.
   *
   * @param said what was found wrong with the run
   */
  public Map<String, byte[]> files(Path folder, Diagnostics said) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (story != null && summary != null) {
      String known = story.summary(summary, said);
      put(files, folder.resolve(SUMMARY), known + "\n");
      put(files, folder.resolve(TRACE), TraceFile.of(story));
      put(files, folder.resolve(PAGE), Page.of(story, known, summary.slots()));
    }
    return files;
  }

  private static void put(Map<String, byte[]> files, Path path, String text) {
    files.put(path.toString(), text.getBytes(StandardCharsets.UTF_8));
  }
}
