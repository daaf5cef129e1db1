package dev.ovsm.cli.history;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What happened to one registration besides its triggers: by whom it was made, and how it ended.
 */
final class Milestones {
  private static final int MOST_NAMED = 3;
  private static final String REGISTERED = "registered";
  private static final String RESUMED = "resumed";
  private static final String PASSED_BY = "passed_by";
  private static final String ENDED = "ended";

  private static final Set<String> BEGINNINGS = Set.of(REGISTERED, RESUMED);
  private static final Set<String> TYPES = Set.of(REGISTERED, RESUMED, PASSED_BY, ENDED);
  private static final Map<String, String> MISSING =
      Map.of(
          "watcher", "its account did not change",
          "event", "no event that it waits for came",
          "work", "nobody started it");

  private final long registration;
  private final List<Milestone> all = new ArrayList<>();

  private record Milestone(String type, long slot, String kind, String words) {}

  Milestones(long registration) {
    this.registration = registration;
  }

  /** Takes a line of events in, if it is about the registration. */
  void read(String type, JsonObject line) {
    if (TYPES.contains(type) && line.get("registration").getAsLong() == registration) {
      all.add(
          new Milestone(
              type,
              line.get("slot").getAsLong(),
              line.get("kind").getAsString(),
              line.get("words").getAsString()));
    }
  }

  /** Forgets those after a slot, which happened on a branch that was left. */
  void leave(long parent) {
    all.removeIf(one -> one.slot > parent);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The kind of the registration, if anything is known of it. */
  Optional<String> kind() {
    return all.stream().map(Milestone::kind).findFirst();
  }

  /** How it came to be, for its whole life. */
  Optional<String> beginning() {
    return first(REGISTERED)
        .map(one -> "slot " + one.slot + "  registered by " + one.words)
        .or(() -> first(RESUMED).map(one -> "slot " + one.slot + "  " + one.words));
  }

  /** How it ended, for its whole life, or how often it was passed by if nothing else is known. */
  List<String> ending(boolean isIdle) {
    List<String> lines = new ArrayList<>();
    List<Milestone> passed = all.stream().filter(one -> one.type.equals(PASSED_BY)).toList();
    if (isIdle) {
      lines.add("nothing ever triggered it");
      if (!passed.isEmpty()) {
        Milestone last = passed.get(passed.size() - 1);
        String times = passed.size() == 1 ? "once" : passed.size() + " times";
        lines.add(
            "passed by " + times + ", the last time in slot " + last.slot + ": " + last.words);
      }
    }
    first(ENDED).ifPresent(one -> lines.add("slot " + one.slot + "  over: " + one.words));
    return lines;
  }

  /** Why it could not, or did not, run in a slot. */
  List<String> in(long slot) {
    List<String> lines = new ArrayList<>();
    first(REGISTERED)
        .filter(one -> one.slot > slot)
        .ifPresent(
            one ->
                lines.add(
                    "it was not there yet: registered in slot " + one.slot + " by " + one.words));
    first(RESUMED)
        .filter(one -> one.slot >= slot)
        .ifPresent(one -> lines.add("the run goes on from a snapshot of slot " + one.slot));
    first(ENDED)
        .filter(one -> one.slot <= slot)
        .ifPresent(one -> lines.add("it was over: in slot " + one.slot + ", " + one.words));
    List<Milestone> passed = in(one -> one.type.equals(PASSED_BY) && one.slot == slot);
    passed.stream().limit(MOST_NAMED).forEach(one -> lines.add(one.words));
    if (passed.size() > MOST_NAMED) {
      lines.add("and so " + (passed.size() - MOST_NAMED) + " times more");
    }
    return lines;
  }

  /** What did not come in a slot in which it was there and nothing else kept it. */
  Optional<String> missing(long slot) {
    boolean isThere =
        all.stream().anyMatch(one -> BEGINNINGS.contains(one.type) && one.slot <= slot)
            && first(ENDED).filter(one -> one.slot <= slot).isEmpty()
            && in(one -> one.type.equals(PASSED_BY) && one.slot == slot).isEmpty();
    return isThere ? kind().map(MISSING::get) : Optional.empty();
  }

  private List<Milestone> in(Predicate<Milestone> wanted) {
    return all.stream().filter(wanted).toList();
  }

  private Optional<Milestone> first(String type) {
    return all.stream().filter(one -> one.type.equals(type)).findFirst();
  }
}
