package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.call.Callbacks;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.run.JsonLine;
import dev.ovsm.cli.run.JsonReport;
import dev.ovsm.cli.run.Plan;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.autonomous.Charge;
import dev.ovsm.runtime.autonomous.Economics;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Listener.SlotReport;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Summary;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.List;

/** What a run looked like from its first slot to its last. */
final class Story {
  private final Plan plan;
  private final Simulation simulation;
  private final Callbacks callbacks;
  private final Axis axis;
  private final Lanes lanes;
  private final Balances balances;
  private final Window window = new Window();
  private final Reasons reasons = new Reasons();
  private final Series units;
  private final Series mostUnits;
  private final Series waiting;
  private long transactions;
  private long failedTransactions;
  private int lastPlace = -1;
  private long askedSlots;

  Story(Plan plan, Callbacks callbacks, Simulation simulation) {
    this.plan = plan;
    this.simulation = simulation;
    this.callbacks = callbacks;
    this.axis = new Axis(simulation.slot());
    this.lanes = new Lanes(simulation, callbacks, axis);
    this.balances = new Balances(plan.scenario().accounts(), simulation, axis);
    this.units = axis.series(Series.Fold.SUM);
    this.mostUnits = axis.series(Series.Fold.MOST);
    this.waiting = axis.series(Series.Fold.MOST);
  }

  void fate(FateRecord fate) {
    lanes.of(fate).add(fate, axis.place(fate.slot()));
    window.add(fate);
    reasons.add(fate);
  }

  /** It was asked to stop before it had so many slots. */
  void stopped(long asked) {
    askedSlots = asked;
  }

  void charged(Charge charge) {
    lanes.of(charge.registration()).add(charge);
  }

  void transaction(TransactionOutcome outcome) {
    transactions++;
    failedTransactions += outcome.succeeded() ? 0 : 1;
  }

  void slotEnded(SlotReport report) {
    int place = axis.place(report.slot());
    units.note(place, report.units());
    mostUnits.note(place, report.units());
    waiting.note(place, report.pending());
    if (place != lastPlace) {
      balances.note(place);
      lastPlace = place;
    }
  }

  Settings settings() {
    return plan.settings();
  }

  Axis axis() {
    return axis;
  }

  Lanes lanes() {
    return lanes;
  }

  Balances balances() {
    return balances;
  }

  Window window() {
    return window;
  }

  Series units() {
    return units;
  }

  Series waiting() {
    return waiting;
  }

  /** What came of it, as one JSON object. */
  String summary(Summary summary, Diagnostics said) {
    balances.note(axis.place(summary.lastSlot()));
    return JsonReport.line(summary)
        .putRaw("programs", JsonLine.array(plan.everyone().stream().map(Story::program).toList()))
        .put("scenario", plan.scenarioFile() == null ? "" : plan.scenarioFile())
        .put("slot_budget", settings().slotBudget())
        .put("stopped_before_slots", askedSlots)
        .put("transactions", transactions)
        .put("transactions_failed", failedTransactions)
        .putRaw("problems", JsonLine.array(problems(said)))
        .putRaw(
            "registrations",
            JsonLine.array(
                lanes.all().stream().map(lane -> lane.json(summary.slots()).toString()).toList()))
        .putRaw("economics", economics())
        .toString();
  }

  private String economics() {
    Economics economics = simulation.economics();
    return new JsonLine()
        .put("profile", economics.isStrict() ? "strict" : "dev")
        .put("collected_lamports", economics.collected())
        .put("dropped", economics.dropped())
        .put("liability_lamports", economics.liability())
        .putRaw(
            "programs", JsonLine.array(economics.programs().stream().map(this::holding).toList()))
        .toString();
  }

  private String holding(Economics.Holding one) {
    return new JsonLine()
        .put("program", callbacks.program(one.program()))
        .put("escrow", one.escrow().toString())
        .put("escrow_lamports", one.balance())
        .put("stake_lamports", one.stake())
        .put("reserved_units", one.reservedUnits())
        .toString();
  }

  /** The numbers along the axis after so many slots, as one JSON object. */
  String along(long slots) {
    int places = axis.used();
    return new JsonLine()
        .put("first", axis.first())
        .put("width", axis.width())
        .put("places", places)
        .putRaw("units", units.json(places))
        .putRaw("most_units", mostUnits.json(places))
        .putRaw("waiting", waiting.json(places))
        .putRaw(
            "lanes",
            JsonLine.array(
                lanes.all().stream().map(lane -> lane.json(slots, places).toString()).toList()))
        .putRaw("balances", balances.json(places))
        .putRaw("reasons", reasons.json())
        .toString();
  }

  private static String program(RunnableProgram program) {
    return new JsonLine()
        .put("name", program.name())
        .put("file", program.file())
        .put("address", program.id().toString())
        .toString();
  }

  private static List<String> problems(Diagnostics said) {
    return said.list().stream()
        .map(
            one ->
                new JsonLine()
                    .put("code", one.code().id())
                    .put("severity", one.severity().word())
                    .put("message", one.message())
                    .toString())
        .toList();
  }
}
