package dev.ovsm.runtime.autonomous;

import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The triggers of one slot and one priority that wait in a wave, in order of creation.
 *
 * <p>Nearly all come in order: they stand in a row, where to come, to be the next and to leave
 * takes the same time however many there are. Those that come out of order are strays in a tree.
 */
final class Row {
  private static final int FIRST_CAPACITY = 2;

  /** Null where one has left. */
  private @Nullable Trigger[] row = new Trigger[FIRST_CAPACITY];

  /** The seqs of what stands, or stood, in the row. */
  private long[] seqs = new long[FIRST_CAPACITY];

  /** Where the row begins: nothing stands before it, and something there if anything does. */
  private int from;

  /** Behind the last one in the row, which has not left. */
  private int to;

  private int standing;
  private NavigableSet<Trigger> strays = Collections.emptyNavigableSet();

  boolean isEmpty() {
    return from == to && strays.isEmpty();
  }

  void add(Trigger trigger) {
    if (from < to && trigger.seq < seqs[to - 1]) {
      if (strays.isEmpty()) {
        strays = new TreeSet<>(Trigger.ORDER);
      }
      strays.add(trigger);
      return;
    }
    if (to == seqs.length) {
      makeRoom();
    }
    row[to] = trigger;
    seqs[to] = trigger.seq;
    to++;
    standing++;
  }

  /** Takes a trigger out; false if it is not here. */
  boolean remove(Trigger trigger) {
    int at = from < to && row[from] == trigger ? from : indexOf(trigger);
    if (at < 0) {
      return strays.remove(trigger);
    }
    row[at] = null;
    standing--;
    while (from < to && row[from] == null) {
      from++;
    }
    while (from < to && row[to - 1] == null) {
      to--;
    }
    if (from == to) {
      from = 0;
      to = 0;
    }
    return true;
  }

  /** The first one, or null. */
  @Nullable Trigger first() {
    return from == to ? firstStray() : before(row[from], firstStray());
  }

  /** The first one behind a trigger, which need not be here; null if there is none. */
  @Nullable Trigger after(Trigger trigger) {
    int at = Arrays.binarySearch(seqs, from, to, trigger.seq);
    at = at < 0 ? -at - 1 : at + 1;
    while (at < to && row[at] == null) {
      at++;
    }
    return before(at < to ? row[at] : null, strays.isEmpty() ? null : strays.higher(trigger));
  }

  private @Nullable Trigger firstStray() {
    return strays.isEmpty() ? null : strays.first();
  }

  private static @Nullable Trigger before(@Nullable Trigger one, @Nullable Trigger other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.seq < other.seq ? one : other;
  }

  private int indexOf(Trigger trigger) {
    int at = Arrays.binarySearch(seqs, from, to, trigger.seq);
    return at >= 0 && row[at] == trigger ? at : -1;
  }

  /** Closes the gaps in the row, in a larger one if that is not enough. */
  private void makeRoom() {
    int capacity = 2 * standing < seqs.length ? seqs.length : 2 * seqs.length;
    @Nullable Trigger[] before = row;
    long[] seqsBefore = seqs;
    row = new Trigger[capacity];
    seqs = new long[capacity];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (before[i] != null) {
        row[count] = before[i];
        seqs[count++] = seqsBefore[i];
      }
    }
    from = 0;
    to = count;
  }
}
