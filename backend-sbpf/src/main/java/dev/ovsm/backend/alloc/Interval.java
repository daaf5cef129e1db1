package dev.ovsm.backend.alloc;

import java.util.Arrays;

/**
 * Where a location holds a number that is still wanted: disjoint half-open segments of positions,
 * ascending and with a gap between neighbours.
 *
 * <p>Instruction {@code i} has the positions {@code 4i} before it, {@code 4i + 1} where it reads,
 * {@code 4i + 2} where it writes and {@code 4i + 3} after it.
 */
final class Interval {
  static final int STRIDE = 4;
  static final int READ = 1;
  static final int WRITE = 2;
  static final int AFTER = 3;

  /** Starts at even indices, ends at odd ones. */
  private final int[] bounds;

  private Interval(int[] bounds) {
    this.bounds = bounds;
  }

  static Interval of(int start, int end) {
    return new Interval(new int[] {start, end});
  }

  /** From bounds in descending order, neighbours that touch joined: end, start, end, start. */
  static Interval ofDescending(Ints descending) {
    int[] bounds = new int[descending.size()];
    int count = 0;
    for (int i = descending.size() - 1; i >= 0; i -= 2) {
      int start = descending.get(i);
      int end = descending.get(i - 1);
      if (count > 0 && bounds[count - 1] >= start) {
        bounds[count - 1] = Math.max(bounds[count - 1], end);
      } else {
        bounds[count++] = start;
        bounds[count++] = end;
      }
    }
    return new Interval(count == bounds.length ? bounds : Arrays.copyOf(bounds, count));
  }

  int segments() {
    return bounds.length / 2;
  }

  int start(int segment) {
    return bounds[2 * segment];
  }

  int end(int segment) {
    return bounds[2 * segment + 1];
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  /** The number of positions covered. */
  long size() {
    long size = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      size += bounds[i + 1] - bounds[i];
    }
    return size;
  }

  boolean covers(int position) {
    int at = firstEndingAfter(position);
    return at < segments() && start(at) <= position;
  }

  boolean overlaps(Interval other) {
    if (other.bounds.length < bounds.length) {
      return other.overlaps(this);
    }
    for (int i = 0; i < segments(); i++) {
      int at = other.firstEndingAfter(start(i));
      if (at < other.segments() && other.start(at) < end(i)) {
        return true;
      }
    }
    return false;
  }

  /** The union with an interval that does not overlap this one. */
  Interval union(Interval other) {
    int[] merged = new int[bounds.length + other.bounds.length];
    int count = 0;
    int a = 0;
    int b = 0;
    while (a < bounds.length || b < other.bounds.length) {
      boolean takeThis =
          b == other.bounds.length || (a < bounds.length && bounds[a] < other.bounds[b]);
      int start = takeThis ? bounds[a] : other.bounds[b];
      int end = takeThis ? bounds[a + 1] : other.bounds[b + 1];
      a += takeThis ? 2 : 0;
      b += takeThis ? 0 : 2;
      if (count > 0 && merged[count - 1] == start) {
        merged[count - 1] = end;
      } else {
        merged[count++] = start;
        merged[count++] = end;
      }
    }
    return new Interval(Arrays.copyOf(merged, count));
  }

  private int firstEndingAfter(int position) {
    int low = 0;
    int high = segments();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end(middle) <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
