package dev.ovsm.cli.history;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** A step in the life of a trigger, as a run's events tell it. */
record Step(
    long slot,
    long registration,
    String kind,
    String fate,
    long seq,
    long nominal,
    long cause,
    String origin,
    long made,
    long attempt,
    long count,
    long units,
    String reason) {

  /** The step in a line of events; empty if the line is about something else. */
  static Optional<Step> of(JsonObject line) {
    if (!line.has("type") || !line.get("type").getAsString().equals("fate")) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            line.get("slot").getAsLong(),
            line.get("registration").getAsLong(),
            line.get("kind").getAsString(),
            line.get("fate").getAsString(),
            line.get("seq").getAsLong(),
            line.get("nominal_slot").getAsLong(),
            line.get("cause").getAsLong(),
            line.get("origin").getAsString(),
            line.get("made_slot").getAsLong(),
            line.get("attempt").getAsLong(),
            line.get("count").getAsLong(),
            line.get("compute_units").getAsLong(),
            line.get("reason").getAsString()));
  }

  /** Whether the trigger still waits after this step. */
  boolean waits() {
    return fate.equals("DEFERRED") || fate.equals("RETRIED") || fate.equals("QUARANTINED");
  }

  /** Whether its callback ran in this step. */
  boolean ran() {
    return switch (fate) {
      case "EXECUTED", "FAILED", "RETRIED" -> true;
      default -> units > 0;
    };
  }

  /** Where its trigger came from, if no callback made it. */
  String source() {
    return switch (origin) {
      case "start_up" -> "a transaction at start-up, in slot " + made;
      case "transaction" -> "a transaction in slot " + made;
      case "outside" -> "a change from outside in slot " + made;
      case "replay" -> "a replay in slot " + made + " of what was given up";
      default -> "its own grid of slots";
    };
  }

  /** Whether a callback made its trigger. */
  boolean isMade() {
    return origin.equals("callback");
  }

  /** The place of its kind's turn in a slot. */
  int wave() {
    return switch (kind) {
      case "watcher" -> 1;
      case "event" -> 2;
      case "work" -> 3;
      default -> 0;
    };
  }

  String words() {
    String which = count == 1 ? "trigger " + seq : count + " triggers from " + seq + " on";
    String late = slot == nominal ? "" : ", meant for slot " + nominal;
    String again = attempt == 0 ? "" : ", attempt " + (attempt + 1);
    String cost = ran() ? String.format(Locale.ROOT, ", %,d CU", units) : "";
    String why = reason.isEmpty() ? "" : ": " + reason;
    return "slot " + slot + "  " + which + late + again + "  " + fate + cost + why;
  }
}
