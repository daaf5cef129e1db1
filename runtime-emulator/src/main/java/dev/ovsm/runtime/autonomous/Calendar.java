package dev.ovsm.runtime.autonomous;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The triggers that wait in one wave, slot by slot, in running order: {@link Trigger#ORDER}.
 *
 * <p>Slots are in a tree; what waits for the same slot is not, so that what it takes depends on how
 * many slots are waited for and not on how much waits.
 */
final class Calendar {
  private static final int NEAR = 64;

  private final NavigableMap<Long, Day> days = new TreeMap<>();

  /** The days that were last looked for, by the low bits of their slots. */
  private final @Nullable Day[] near = new Day[NEAR];

  /** The first day; null while there is none. */
  private @Nullable Day first;

  /** A day that is over and can be another one. */
  private @Nullable Day spare;

  private int size;

  /** What waits for one slot, by priority. */
  private static final class Day {
    private final @Nullable Row[] rows = new Row[Terms.MOST_PRIORITY + 1];
    private long slot;
    private int size;

    void add(Trigger trigger) {
      Row row = rows[trigger.priority];
      if (row == null) {
        row = new Row();
        rows[trigger.priority] = row;
      }
      row.add(trigger);
      size++;
    }

    boolean remove(Trigger trigger) {
      Row row = rows[trigger.priority];
      boolean removed = row != null && row.remove(trigger);
      size -= removed ? 1 : 0;
      return removed;
    }

    /** The first one of a priority or of a lower one. */
    @Nullable Trigger first(int highest) {
      for (int priority = highest; priority >= 0; priority--) {
        Row row = rows[priority];
        Trigger first = row == null ? null : row.first();
        if (first != null) {
          return first;
        }
      }
      return null;
    }

    @Nullable Trigger after(Trigger trigger) {
      Row row = rows[trigger.priority];
      Trigger next = row == null ? null : row.after(trigger);
      return next == null ? first(trigger.priority - 1) : next;
    }
  }

  int size() {
    return size;
  }

  void add(Trigger trigger) {
    day(trigger.due).add(trigger);
    size++;
  }

  /** Takes a trigger out; false if it does not wait here. */
  boolean remove(Trigger trigger) {
    Day day = find(trigger.due);
    if (day == null || !day.remove(trigger)) {
      return false;
    }
    size--;
    if (day.size == 0) {
      days.remove(day.slot);
      first = first == day ? firstOf(days) : first;
      near[place(day.slot)] = null;
      spare = day;
    }
    return true;
  }

  /** The first one, due or not; null if none waits. */
  @Nullable Trigger first() {
    return first == null ? null : first.first(Terms.MOST_PRIORITY);
  }

  /** The first one behind a trigger, whether that waits here or not; null if there is none. */
  @Nullable Trigger after(Trigger trigger) {
    Day day = find(trigger.due);
    Trigger next = day == null ? null : day.after(trigger);
    return next == null ? firstOfDayAfter(trigger.due) : next;
  }

  private @Nullable Trigger firstOfDayAfter(long slot) {
    var later = days.higherEntry(slot);
    return later == null ? null : later.getValue().first(Terms.MOST_PRIORITY);
  }

  private @Nullable Day find(long slot) {
    Day day = near[place(slot)];
    if (day == null || day.slot != slot) {
      day = days.get(slot);
      near[place(slot)] = day;
    }
    return day;
  }

  private Day day(long slot) {
    Day day = find(slot);
    if (day == null) {
      day = spare == null ? new Day() : spare;
      spare = null;
      day.slot = slot;
      days.put(slot, day);
      near[place(slot)] = day;
      first = first == null || slot < first.slot ? day : first;
    }
    return day;
  }

  private static int place(long slot) {
    return (int) slot & (NEAR - 1);
  }

  private static @Nullable Day firstOf(NavigableMap<Long, Day> days) {
    var entry = days.firstEntry();
    return entry == null ? null : entry.getValue();
  }
}
