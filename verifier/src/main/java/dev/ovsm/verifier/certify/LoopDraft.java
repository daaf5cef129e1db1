package dev.ovsm.verifier.certify;

import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.Interval;
import dev.ovsm.verifier.certificate.Location;
import dev.ovsm.verifier.certificate.Objection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is claimed of one loop so far: at first that it changes nothing. */
final class LoopDraft {
  private static final Location NONE = new Location(false, 0);

  private final Set<Location> kept;
  private final Map<Location, Growing> ranges = new TreeMap<>();
  private final List<Long> steps;
  private final Widening widening;
  private int candidate;
  private long rounds;

  LoopDraft(Set<Location> locations, List<Long> steps, Widening widening) {
    this.kept = new TreeSet<>(locations);
    this.steps = steps;
    this.widening = widening;
  }

  Certificate.Loop claim(boolean withFigures) {
    Map<Location, Interval> claimed = new TreeMap<>();
    ranges.forEach(
        (location, range) -> {
          if (!range.isAnything()) {
            claimed.put(location, range.orElse(Interval.ALL));
          }
        });
    List<Location> counters = counters();
    boolean any = candidate < counters.size() * steps.size();
    return new Certificate.Loop(
        withFigures ? rounds : Long.MAX_VALUE,
        any ? counters.get(candidate / steps.size()) : NONE,
        any ? steps.get(candidate % steps.size()) : 1,
        claimed,
        kept);
  }

  /** What may count: values that rounds change, within bounds. */
  private List<Location> counters() {
    List<Location> all = new ArrayList<>();
    ranges.forEach(
        (location, range) -> {
          if (!range.isAnything()) {
            all.add(location);
          }
        });
    return all;
  }

  boolean mend(Objection objection) {
    Location location = objection.location();
    Interval seen = objection.seen();
    if (location == null) {
      return false;
    }
    if (kept.remove(location)) {
      ranges.put(location, new Growing(seen, widening));
      return true;
    }
    Growing range = ranges.get(location);
    return range != null && range.grow(seen == null ? Interval.ALL : seen);
  }

  /** Tries something else as the counter; whether there is something else. */
  boolean nextCounter() {
    candidate++;
    return candidate < counters().size() * steps.size();
  }

  boolean moreRounds(long figure) {
    boolean more = figure > rounds;
    rounds = Math.max(rounds, figure);
    return more;
  }
}
