package dev.ovsm.cli.run;

import dev.ovsm.cli.failure.Told;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Kind;
import dev.ovsm.runtime.autonomous.Milestone;
import dev.ovsm.runtime.autonomous.RingRecord;
import dev.ovsm.runtime.autonomous.Summary;
import dev.ovsm.sbpf.asm.LineEntry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One JSON object a line, for programs. */
public final class JsonReport implements Report {
  /** How a loader tells that callbacks may be gone, or back. */
  private static final String UPGRADED = "Upgraded program ";

  private final PrintWriter out;
  private final Detail detail;
  private long last = -1;

  /** Writes to {@code out}; a quiet report has no logs and no fates. */
  public JsonReport(PrintWriter out, Detail detail) {
    this.out = out;
    this.detail = detail;
  }

  @Override
  public void log(long slot, Pubkey program, String line) {
    boolean isUpgrade = detail != Detail.QUIET && line.startsWith(UPGRADED);
    if (isUpgrade || detail.shows(line)) {
      print(
          JsonLine.of("log")
              .put("slot", slot)
              .put("program", program.toString())
              .put("message", line));
    }
  }

  @Override
  public void failed(long slot, Pubkey program, Told told) {
    if (detail != Detail.QUIET) {
      JsonLine line = JsonLine.of("failure").put("slot", slot).put("program", program.toString());
      LineEntry place = told.place();
      if (place != null) {
        line.put("file", place.file()).put("line", place.line()).put("column", place.column());
      }
      Long code = told.code();
      if (code != null) {
        line.put("code", code).put("name", told.name()).put("text", told.text());
      }
      print(line);
    }
  }

  @Override
  public void fate(FateRecord fate) {
    if (detail != Detail.QUIET) {
      print(
          JsonLine.of("fate")
              .put("slot", fate.slot())
              .put("registration", fate.registration())
              .put("kind", fate.kind().word())
              .put("fate", fate.fate().name())
              .put("seq", fate.seq())
              .put("nominal_slot", fate.nominal())
              .put("cause", fate.cause())
              .put("origin", fate.origin().word())
              .put("made_slot", fate.made())
              .put("attempt", fate.attempt())
              .put("count", fate.count())
              .put("compute_units", fate.units())
              .put("reason", fate.reason()));
    }
  }

  @Override
  public void letterDropped(long slot, long registration, long seq) {
    if (detail != Detail.QUIET) {
      print(
          JsonLine.of("dead_letter_dropped")
              .put("slot", slot)
              .put("registration", registration)
              .put("seq", seq));
    }
  }

  @Override
  public boolean wantsRecords() {
    return detail != Detail.QUIET;
  }

  @Override
  public void record(RingRecord one) {
    if (detail != Detail.QUIET) {
      print(
          JsonLine.of("ring")
              .put("slot", one.slot())
              .put("program", one.owner().toString())
              .put("ring", one.ring())
              .put("data", HexFormat.of().formatHex(one.data())));
    }
  }

  @Override
  public void milestone(Milestone one) {
    if (detail != Detail.QUIET) {
      print(
          JsonLine.of(one.turn().word())
              .put("slot", one.slot())
              .put("registration", one.registration())
              .put("kind", one.kind().word())
              .put("program", one.program().toString())
              .put("words", one.words()));
    }
  }

  @Override
  public void slotEnded(SlotReport report) {
    boolean known = last >= 0 && detail != Detail.QUIET;
    if (known && report.slot() > last + 1) {
      print(JsonLine.of("skipped").put("from", last + 1).put("to", report.slot() - 1));
    }
    last = report.slot();
  }

  @Override
  public void forked(long slot, long parent) {
    if (detail != Detail.QUIET) {
      print(JsonLine.of("fork").put("slot", slot).put("parent", parent));
    }
  }

  @Override
  public void stopped(long slot, long asked, Optional<Path> snapshot) {
    print(
        JsonLine.of("stopped")
            .put("slot", slot)
            .put("asked_slots", asked)
            .put("snapshot", snapshot.map(Path::toString).orElse("")));
  }

  @Override
  public void ended(Summary summary, long millis) {
    print(line(summary));
  }

  /** A summary as one object. */
  public static JsonLine line(Summary summary) {
    JsonLine kinds = new JsonLine();
    for (Map.Entry<Kind, Map<Fate, Long>> kind : summary.fates().entrySet()) {
      Map<String, Long> counts = new LinkedHashMap<>();
      kind.getValue().forEach((fate, count) -> counts.put(fate.name(), count));
      kinds.put(kind.getKey().word(), counts);
    }
    return JsonLine.of("summary")
        .put("first_slot", summary.firstSlot())
        .put("last_slot", summary.lastSlot())
        .put("slots", summary.slots())
        .put("executions", summary.executions())
        .put("failures", summary.failures())
        .put("compute_units", summary.units())
        .put("compute_units_max", summary.mostUnits())
        .putRaw("fates", kinds.toString())
        .put("state_hash", summary.stateHash());
  }

  private void print(JsonLine line) {
    out.println(line);
  }
}
