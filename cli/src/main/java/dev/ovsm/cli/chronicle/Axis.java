package dev.ovsm.cli.chronicle;

import java.util.ArrayList;
import java.util.List;

/**
 * The slots of a run, divided into at most {@link #PLACES} places of one width.
 *
 * <p>When a run outgrows its places, each takes in its neighbour: memory does not grow with slots.
 */
final class Axis {
  static final int PLACES = 512;

  private final long first;
  private final List<Series> series = new ArrayList<>();
  private long width = 1;
  private int used;

  /** An axis that begins with a slot. */
  Axis(long first) {
    this.first = first;
  }

  /** Numbers along this axis. */
  Series series(Series.Fold fold) {
    Series added = new Series(fold);
    series.add(added);
    return added;
  }

  /** The place of a slot that is not before the first. */
  int place(long slot) {
    long distance = slot - first;
    while (distance / width >= PLACES) {
      series.forEach(Series::fold);
      used = (used + 1) / 2;
      width *= 2;
    }
    int place = (int) (distance / width);
    used = Math.max(used, place + 1);
    return place;
  }

  long first() {
    return first;
  }

  /** How many slots share a place. */
  long width() {
    return width;
  }

  /** How many places have a slot so far. */
  int used() {
    return used;
  }
}
