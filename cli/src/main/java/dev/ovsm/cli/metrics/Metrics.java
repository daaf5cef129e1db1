package dev.ovsm.cli.metrics;

import dev.ovsm.cli.run.Report;
import dev.ovsm.runtime.autonomous.Charge;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Kind;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Summary;
import dev.ovsm.runtime.sysvar.Clock;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what happens in a run; may be asked at any time, by any thread. */
public final class Metrics implements Report {
  private static final Set<Kind> TIMED =
      Set.of(Kind.TIMER, Kind.SCHEDULE, Kind.PERIODIC, Kind.DEADLINE);

  private final Map<Kind, Map<Fate, Long>> fates = new EnumMap<>(Kind.class);
  private final Latencies latencies = new Latencies();
  private @Nullable Simulation simulation;
  private long slot;
  private long slots;
  private long fired;
  private long units;
  private long lastUnits;
  private long pending;
  private long queued;
  private long deepestTailCall;
  private long transactions;
  private long failedTransactions;
  private long fees;

  @Override
  public synchronized void begun(Simulation begun) {
    simulation = begun;
  }

  @Override
  public synchronized void fate(FateRecord fate) {
    fates
        .computeIfAbsent(fate.kind(), kind -> new EnumMap<>(Fate.class))
        .merge(fate.fate(), fate.count(), Long::sum);
    if (fate.ran()) {
      fired++;
      if (TIMED.contains(fate.kind())) {
        latencies.add(fate.slot() - fate.nominal());
      }
    }
  }

  @Override
  public synchronized void charged(Charge charge) {
    fees += charge.lamports();
  }

  @Override
  public synchronized void transaction(long now, TransactionOutcome outcome) {
    transactions++;
    failedTransactions += outcome.succeeded() ? 0 : 1;
  }

  @Override
  public synchronized void slotEnded(SlotReport report) {
    slot = report.slot();
    slots++;
    units += report.units();
    lastUnits = report.units();
    pending = report.pending();
    if (simulation != null) {
      queued = simulation.queuedWork();
      deepestTailCall = simulation.deepestTailCall();
    }
  }

  @Override
  public void ended(Summary summary, long millis) {
    // what was counted stays as it is
  }

  /** All metrics as Prometheus reads them. */
  public synchronized String text() {
    Exposition out = new Exposition();
    out.single(
        "autonomous_events_fired_total",
        Exposition.Type.COUNTER,
        "Callbacks that ran, or tried to.",
        fired);
    out.single(
        "autonomous_compute_used_per_slot",
        Exposition.Type.GAUGE,
        "Compute units that callbacks consumed in the last slot.",
        lastUnits);
    out.single(
        "autonomous_compute_used_total",
        Exposition.Type.COUNTER,
        "Compute units that callbacks consumed.",
        units);
    latencies.write(
        out,
        "autonomous_timer_latency_slots",
        "Slots between those that timers were meant for and those that they ran in.",
        1);
    latencies.write(
        out,
        "autonomous_timer_latency_ms",
        "The same in milliseconds of the chain.",
        Clock.SLOT_MILLIS);
    out.single(
        "autonomous_watcher_matches_total",
        Exposition.Type.COUNTER,
        "Matches of watchers that have their final fate.",
        matches());
    out.single(
        "autonomous_work_queue_depth",
        Exposition.Type.GAUGE,
        "Work items that are queued.",
        queued);
    out.single(
        "autonomous_tail_call_depth_max",
        Exposition.Type.GAUGE,
        "The longest chain of tail calls so far.",
        deepestTailCall);
    out.family(
        "autonomous_fates_total", Exposition.Type.COUNTER, "Steps in the lives of triggers.");
    fates.forEach(
        (kind, counts) ->
            counts.forEach(
                (fate, count) -> out.sample("autonomous_fates_total", labels(kind, fate), count)));
    out.single(
        "autonomous_triggers_pending",
        Exposition.Type.GAUGE,
        "Triggers without a final fate.",
        pending);
    out.single("autonomous_slot", Exposition.Type.GAUGE, "The last slot that is over.", slot);
    out.single(
        "autonomous_slots_total", Exposition.Type.COUNTER, "Slots that were processed.", slots);
    out.single(
        "autonomous_fees_lamports_total",
        Exposition.Type.COUNTER,
        "Fees of registrations and events.",
        fees);
    return out.family(
            "autonomous_transactions_total", Exposition.Type.COUNTER, "Transactions of users.")
        .sample(
            "autonomous_transactions_total",
            Map.of("status", "ok"),
            transactions - failedTransactions)
        .sample("autonomous_transactions_total", Map.of("status", "failed"), failedTransactions)
        .toString();
  }

  private long matches() {
    return fates.getOrDefault(Kind.WATCHER, Map.of()).entrySet().stream()
        .filter(one -> one.getKey().isFinal())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static Map<String, String> labels(Kind kind, Fate fate) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("kind", kind.word());
    labels.put("fate", fate.name());
    return labels;
  }
}
