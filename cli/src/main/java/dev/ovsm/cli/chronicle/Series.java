package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.run.JsonLine;
import java.util.Arrays;
import java.util.stream.LongStream;

/** One number for every place of an axis; nothing was noted where it is {@link #NOTHING}. */
final class Series {
  static final long NOTHING = Long.MIN_VALUE;

  private final Fold fold;
  private final long[] values = new long[Axis.PLACES];

  Series(Fold fold) {
    this.fold = fold;
    Arrays.fill(values, NOTHING);
  }

  /** What two numbers of one place make together. */
  enum Fold {
    SUM,
    MOST,
    LAST;

    private long of(long before, long after) {
      if (before == NOTHING || after == NOTHING) {
        return after == NOTHING ? before : after;
      }
      return switch (this) {
        case SUM -> before + after;
        case MOST -> Math.max(before, after);
        case LAST -> after;
      };
    }
  }

  void note(int place, long value) {
    values[place] = fold.of(values[place], value);
  }

  long at(int place) {
    return values[place];
  }

  /** Joins every two neighbours. */
  void fold() {
    for (int i = 0; i < values.length; i += 2) {
      values[i / 2] = fold.of(values[i], values[i + 1]);
    }
    Arrays.fill(values, values.length / 2, values.length, NOTHING);
  }

  /** A JSON array of the first places, null where nothing was noted. */
  String json(int places) {
    return JsonLine.array(
        LongStream.of(values)
            .limit(places)
            .mapToObj(value -> value == NOTHING ? "null" : Long.toString(value))
            .toList());
  }
}
