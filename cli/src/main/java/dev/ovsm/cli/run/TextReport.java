package dev.ovsm.cli.run;

import dev.ovsm.cli.failure.Told;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Charge;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Kind;
import dev.ovsm.runtime.autonomous.Summary;
import dev.ovsm.runtime.sysvar.Clock;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The log as validators write it, and a summary, for people. */
public final class TextReport implements Report {
  private static final int SOL_DIGITS = 9;

  private final PrintWriter out;
  private final Detail detail;
  private final Progress progress;
  private @Nullable FateRecord firstFailure;
  private String reason = "";
  private String firstReason = "";
  private long fees;

  /** Writes to {@code out}, around the bar that {@code progress} draws on the same terminal. */
  public TextReport(PrintWriter out, Detail detail, Progress progress) {
    this.out = out;
    this.detail = detail;
    this.progress = progress;
  }

  @Override
  public void log(long slot, Pubkey program, String line) {
    if (detail.shows(line)) {
      progress.clear();
      out.println(line);
    }
  }

  @Override
  public void failed(long slot, Pubkey program, Told told) {
    reason = told.words();
    if (detail != Detail.QUIET) {
      progress.clear();
      out.println("  at " + told.words());
    }
  }

  @Override
  public void transaction(long slot, TransactionOutcome outcome) {
    reason = "";
  }

  @Override
  public void fate(FateRecord fate) {
    boolean failed = fate.fate() == Fate.FAILED || fate.fate() == Fate.RETRIED;
    if (failed && firstFailure == null) {
      firstFailure = fate;
      firstReason = reason;
    }
    if (detail == Detail.VERBOSE) {
      progress.clear();
      out.println(words(fate));
    }
  }

  @Override
  public void charged(Charge charge) {
    fees += charge.lamports();
  }

  @Override
  public void letterDropped(long slot, long registration, long seq) {
    if (detail == Detail.VERBOSE) {
      progress.clear();
      out.println(
          "slot "
              + slot
              + " trigger "
              + seq
              + " of "
              + registration
              + " can not be replayed any more");
    }
  }

  @Override
  public void forked(long slot, long parent) {
    if (detail != Detail.QUIET) {
      progress.clear();
      out.println("fork: what comes now follows slot " + parent + "; up to " + slot + " is left");
    }
  }

  @Override
  public void slotEnded(SlotReport report) {
    progress.reached(report.slot(), out);
  }

  @Override
  public void stopped(long slot, long asked, Optional<Path> snapshot) {
    progress.clear();
    out.println();
    line("stopped", "after slot %d; %s asked for", slot, Plural.of(asked, "slot"));
    snapshot.ifPresent(file -> line("go on", "ovsm run --resume %s", file));
  }

  @Override
  public void ended(Summary summary, long millis) {
    progress.clear();
    out.println();
    line(
        "slots",
        "%,d  (%d to %d, %s of chain time)",
        summary.slots(),
        summary.firstSlot(),
        summary.lastSlot(),
        chainTime(summary.slots()));
    line("callbacks", "%,d executed, %,d failed", summary.executions(), summary.failures());
    for (Map.Entry<Kind, Map<Fate, Long>> kind : summary.fates().entrySet()) {
      line(kind.getKey().word(), "%s", counts(kind.getValue()));
    }
    line("compute", "%,d units, at most %,d a callback", summary.units(), summary.mostUnits());
    if (fees > 0) {
      line(
          "fees",
          "%s SOL",
          BigDecimal.valueOf(fees, SOL_DIGITS).stripTrailingZeros().toPlainString());
    }
    line("state", "%s", summary.stateHash());
    if (firstFailure != null) {
      line("first failure", "%s", words(firstFailure));
      if (!firstReason.isEmpty()) {
        line("", "at %s", firstReason);
      }
    }
    line("time", "%.2f s", millis / 1000.0);
  }

  private void line(String name, String format, Object... arguments) {
    out.println(
        String.format(Locale.ROOT, "%13s  ", name) + String.format(Locale.ROOT, format, arguments));
  }

  private static String words(FateRecord fate) {
    String count = fate.count() == 1 ? "" : " ×" + fate.count();
    String units = fate.units() == 0 ? "" : " " + fate.units() + " CU";
    String reason = fate.reason().isEmpty() ? "" : ": " + fate.reason();
    return "slot "
        + fate.slot()
        + " "
        + fate.kind().word()
        + " "
        + fate.registration()
        + " "
        + fate.fate().name()
        + count
        + units
        + reason;
  }

  private static String counts(Map<Fate, Long> counts) {
    return counts.entrySet().stream()
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "%,d %s",
                    one.getValue(),
                    one.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
        .collect(Collectors.joining(", "));
  }

  /** So many slots on the chain, in the two largest units of time that they fill. */
  static String chainTime(long slots) {
    long seconds = slots / 5 * 2 + slots % 5 * Clock.SLOT_MILLIS / 1000;
    if (seconds < 60) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return twoUnits(minutes, 'm', seconds % 60, 's');
    }
    long hours = minutes / 60;
    return hours < 24
        ? twoUnits(hours, 'h', minutes % 60, 'm')
        : twoUnits(hours / 24, 'd', hours % 24, 'h');
  }

  private static String twoUnits(long many, char unit, long few, char smaller) {
    return "" + many + unit + (few < 10 ? "0" : "") + few + smaller;
  }
}
