package dev.ovsm.backend.alloc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The union of disjoint intervals, kept as few of them, each with at least twice as many segments
 * as the next: so a register that thousands join one by one takes its turn with each of them, not
 * with all that joined before.
 */
final class GrowingInterval {
  private final List<Interval> parts;

  private GrowingInterval(List<Interval> parts) {
    this.parts = parts;
  }

  static GrowingInterval of(Interval interval) {
    return new GrowingInterval(List.of(interval));
  }

  boolean overlaps(GrowingInterval other) {
    for (Interval mine : parts) {
      for (Interval its : other.parts) {
        if (mine.overlaps(its)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The union with one that does not overlap this one. */
  GrowingInterval union(GrowingInterval other) {
    List<Interval> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    all.sort(Comparator.comparingInt(Interval::segments).reversed());
    List<Interval> kept = new ArrayList<>();
    for (Interval next : all) {
      Interval last = next;
      while (!kept.isEmpty() && kept.get(kept.size() - 1).segments() < 2 * last.segments()) {
        last = kept.remove(kept.size() - 1).union(last);
      }
      kept.add(last);
    }
    return new GrowingInterval(kept);
  }
}
