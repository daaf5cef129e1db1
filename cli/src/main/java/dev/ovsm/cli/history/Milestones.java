package dev.ovsm.cli.history;

import com.google.gson.JsonObject;
import dev.ovsm.runtime.autonomous.Milestone.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What happened to one registration besides its triggers: by whom it was made, and how it ended.
 */
final class Milestones {
  private static final int MOST_NAMED = 3;
  private static final Map<String, String> MISSING =
      Map.of(
          "watcher", "its account did not change",
          "event", "no event that it waits for came",
          "work", "nobody started it");

  private final long registration;
  private final List<Told> all = new ArrayList<>();

  private record Told(Turn turn, long slot, String program, String kind, String words) {}

  Milestones(long registration) {
    this.registration = registration;
  }

  /** Takes a line of events in, if it is about the registration. */
  void read(String type, JsonObject line) {
    Optional<Turn> turn = Turn.of(type);
    if (turn.isPresent() && line.get("registration").getAsLong() == registration) {
      all.add(
          new Told(
              turn.get(),
              line.get("slot").getAsLong(),
              line.get("program").getAsString(),
              line.get("kind").getAsString(),
              line.get("words").getAsString()));
    }
  }

  /** Forgets those after a slot, which happened on a branch that was left. */
  void leave(long parent) {
    all.removeIf(one -> one.slot > parent);
  }

  /** Whether the registration is this program's. */
  boolean isOf(String program) {
    return all.stream().anyMatch(one -> one.program.equals(program));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The kind of the registration, if anything is known of it. */
  Optional<String> kind() {
    return all.stream().map(Told::kind).findFirst();
  }

  /** How it came to be, for its whole life. */
  Optional<String> beginning() {
    return first(Turn.REGISTERED)
        .map(one -> "slot " + one.slot + "  registered by " + one.words)
        .or(() -> first(Turn.RESUMED).map(one -> "slot " + one.slot + "  " + one.words));
  }

  /** How it ended, for its whole life, or how often it was passed by if nothing else is known. */
  List<String> ending(boolean isIdle) {
    List<String> lines = new ArrayList<>();
    List<Told> passed = all.stream().filter(one -> one.turn == Turn.PASSED_BY).toList();
    if (isIdle) {
      lines.add("nothing ever triggered it");
      if (!passed.isEmpty()) {
        Told last = passed.get(passed.size() - 1);
        String times = passed.size() == 1 ? "once" : passed.size() + " times";
        lines.add(
            "passed by " + times + ", the last time in slot " + last.slot + ": " + last.words);
      }
    }
    first(Turn.ENDED).ifPresent(one -> lines.add("slot " + one.slot + "  over: " + one.words));
    return lines;
  }

  /** Why it could not, or did not, run in a slot. */
  List<String> in(long slot) {
    List<String> lines = new ArrayList<>();
    first(Turn.REGISTERED)
        .filter(one -> one.slot > slot)
        .ifPresent(
            one ->
                lines.add(
                    "it was not there yet: registered in slot " + one.slot + " by " + one.words));
    first(Turn.RESUMED)
        .filter(one -> one.slot >= slot)
        .ifPresent(one -> lines.add("the run goes on from a snapshot of slot " + one.slot));
    first(Turn.ENDED)
        .filter(one -> one.slot <= slot)
        .ifPresent(one -> lines.add("it was over: in slot " + one.slot + ", " + one.words));
    List<Told> passed = in(one -> one.turn == Turn.PASSED_BY && one.slot == slot);
    passed.stream().limit(MOST_NAMED).forEach(one -> lines.add(one.words));
    if (passed.size() > MOST_NAMED) {
      lines.add("and so " + (passed.size() - MOST_NAMED) + " times more");
    }
    return lines;
  }

  /** What did not come in a slot in which it was there and nothing else kept it. */
  Optional<String> missing(long slot) {
    boolean isThere =
        all.stream().anyMatch(one -> one.turn.begins() && one.slot <= slot)
            && first(Turn.ENDED).filter(one -> one.slot <= slot).isEmpty()
            && in(one -> one.turn == Turn.PASSED_BY && one.slot == slot).isEmpty();
    return isThere ? kind().map(MISSING::get) : Optional.empty();
  }

  private List<Told> in(Predicate<Told> wanted) {
    return all.stream().filter(wanted).toList();
  }

  private Optional<Told> first(Turn turn) {
    return all.stream().filter(one -> one.turn == turn).findFirst();
  }
}
