package dev.ovsm.runtime.autonomous;

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

  /** Triggers, and the seqs of those that have left from between others. */
  private @Nullable Object[] row = new Object[FIRST_CAPACITY];

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
    if (from < to && trigger.seq < seqAt(to - 1)) {
      if (strays.isEmpty()) {
        strays = new TreeSet<>(Trigger.ORDER);
      }
      strays.add(trigger);
      return;
    }
    if (to == row.length) {
      makeRoom();
    }
    row[to] = trigger;
    to++;
    standing++;
  }

  /** Takes a trigger out; false if it is not here. */
  boolean remove(Trigger trigger) {
    int at = from < to && row[from] == trigger ? from : indexOf(trigger);
    if (at < 0) {
      return strays.remove(trigger);
    }
    row[at] = at == from || at == to - 1 ? null : (Object) trigger.seq;
    standing--;
    while (from < to && !(row[from] instanceof Trigger)) {
      row[from++] = null;
    }
    while (from < to && !(row[to - 1] instanceof Trigger)) {
      row[--to] = null;
    }
    if (from == to) {
      from = 0;
      to = 0;
    }
    return true;
  }

  /** The first one, or null. */
  @Nullable Trigger first() {
    return from == to ? firstStray() : before((Trigger) row[from], firstStray());
  }

  /** The first one behind a trigger, which need not be here; null if there is none. */
  @Nullable Trigger after(Trigger trigger) {
    int at = search(trigger.seq + 1);
    while (at < to && !(row[at] instanceof Trigger)) {
      at++;
    }
    Trigger next = at < to ? (Trigger) row[at] : null;
    return before(next, strays.isEmpty() ? null : strays.higher(trigger));
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
    int at = search(trigger.seq);
    return at < to && row[at] == trigger ? at : -1;
  }

  /** The first place in the row whose seq is not below one; most look for what is first. */
  private int search(long seq) {
    int low = from;
    int high = to;
    for (int middle = from; low < high; middle = (low + high) >>> 1) {
      if (seqAt(middle) < seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long seqAt(int place) {
    return row[place] instanceof Trigger trigger ? trigger.seq : (Long) row[place];
  }

  /** Closes the gaps in the row, in a larger one if that is not enough. */
  private void makeRoom() {
    int capacity = 2 * standing < row.length ? row.length : 2 * row.length;
    @Nullable Object[] before = row;
    row = new Object[capacity];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (before[i] instanceof Trigger) {
        row[count++] = before[i];
      }
    }
    from = 0;
    to = count;
  }
}
