package dev.ovsm.backend.alloc;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who holds one register of the machine when. */
final class Occupancy {
  /** The owner of segments that the code itself demands. */
  static final int FIXED = -1;

  private final TreeMap<Integer, Segment> segments = new TreeMap<>();

  private record Segment(int end, int owner) {}

  void add(Interval interval, int owner) {
    for (int i = 0; i < interval.segments(); i++) {
      segments.put(interval.start(i), new Segment(interval.end(i), owner));
    }
  }

  void remove(Interval interval) {
    for (int i = 0; i < interval.segments(); i++) {
      segments.remove(interval.start(i));
    }
  }

  boolean isFree(Interval interval) {
    for (int i = 0; i < interval.segments(); i++) {
      Map.Entry<Integer, Segment> before = segments.lowerEntry(interval.end(i));
      if (before != null && before.getValue().end > interval.start(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The owners of overlapping segments, each once, ascending; {@link #FIXED} alone if one of them
   * is, and null if there are more than {@code most}.
   */
  @Nullable Ints conflicts(Interval interval, int most) {
    SortedSet<Integer> owners = new TreeSet<>();
    for (int i = 0; i < interval.segments(); i++) {
      Map.Entry<Integer, Segment> at = segments.lowerEntry(interval.end(i));
      while (at != null && at.getValue().end > interval.start(i)) {
        owners.add(at.getValue().owner);
        if (at.getValue().owner == FIXED || owners.size() > most) {
          return null;
        }
        at = segments.lowerEntry(at.getKey());
      }
    }
    Ints list = new Ints();
    owners.forEach(list::add);
    return list;
  }
}
