package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.run.JsonLine;
import dev.ovsm.runtime.autonomous.Charge;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.sysvar.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one registration, or of all those that are too many to tell apart. */
final class Lane {
  private static final long SLOTS_A_DAY = 86_400_000L / Clock.SLOT_MILLIS;

  private final long id;
  private final String kind;
  private final String program;
  private final String callback;
  private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
  private final Series ran;
  private final Series failed;
  private long runs;
  private long failures;
  private long units;
  private long mostUnits;
  private long mostLate;
  private long registrationLamports;
  private long eventLamports;
  private long events;
  private long firstSlot = -1;
  private long lastSlot = -1;

  /** The lane of a registration; {@code id} is -1 for those that share one. */
  Lane(long id, String kind, String program, String callback, Axis axis) {
    this.id = id;
    this.kind = kind;
    this.program = program;
    this.callback = callback;
    this.ran = axis.series(Series.Fold.SUM);
    this.failed = axis.series(Series.Fold.SUM);
  }

  void add(FateRecord fate, int place) {
    fates.merge(fate.fate(), fate.count(), Long::sum);
    firstSlot = firstSlot < 0 ? fate.slot() : firstSlot;
    lastSlot = fate.slot();
    if (fate.ran()) {
      runs++;
      units += fate.units();
      mostUnits = Math.max(mostUnits, fate.units());
      mostLate = Math.max(mostLate, fate.slot() - fate.nominal());
      ran.note(place, 1);
      if (fate.fate() != Fate.EXECUTED) {
        failures++;
        failed.note(place, 1);
      }
    }
  }

  void add(Charge charge) {
    events += charge.events();
    registrationLamports += charge.registrations() > 0 ? charge.lamports() : 0;
    eventLamports += charge.registrations() > 0 ? 0 : charge.lamports();
  }

  long id() {
    return id;
  }

  String program() {
    return program;
  }

  /** Kind, number and callback, for people. */
  String title() {
    String number = id > 0 ? " " + id : "";
    return kind + number + (callback.isEmpty() ? "" : " " + callback);
  }

  /** What is known of it after so many slots, without the numbers along the axis. */
  JsonLine json(long slots) {
    Map<String, Long> counts = new LinkedHashMap<>();
    fates.forEach((fate, count) -> counts.put(fate.name(), count));
    return new JsonLine()
        .put("registration", id)
        .put("kind", kind)
        .put("program", program)
        .put("callback", callback)
        .put("runs", runs)
        .put("failures", failures)
        .put("compute_units", units)
        .put("compute_units_max", mostUnits)
        .put("slots_late_max", mostLate)
        .put("first_slot", firstSlot)
        .put("last_slot", lastSlot)
        .put("registration_lamports", registrationLamports)
        .put("events", events)
        .put("event_lamports", eventLamports)
        .put("lamports_a_day", aDay(eventLamports, slots))
        .put("compute_units_a_day", aDay(units, slots))
        .put("fates", counts);
  }

  /** What a number would be after a day if it goes on as in these slots. */
  private static long aDay(long count, long slots) {
    return Math.round((double) count * SLOTS_A_DAY / Math.max(1, slots));
  }

  /** What is known of it. */
  JsonLine json(long slots, int places) {
    return json(slots).putRaw("ran", ran.json(places)).putRaw("failed", failed.json(places));
  }
}
