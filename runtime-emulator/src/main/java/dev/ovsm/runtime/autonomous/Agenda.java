package dev.ovsm.runtime.autonomous;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The triggers that wait, by wave and in running order.
 *
 * <p>Looking at what comes next costs nothing for the rest, however much waits.
 */
final class Agenda {
  private static final Comparator<Trigger> BY_DEADLINE =
      Comparator.<Trigger>comparingLong(t -> t.registration.deadline())
          .thenComparingLong(t -> t.seq);

  private final Map<Wave, Calendar> calendars = new EnumMap<>(Wave.class);

  private final NavigableSet<Trigger> byDeadline = new TreeSet<>(BY_DEADLINE);
  private int size;

  Agenda() {
    for (Wave wave : Wave.values()) {
      calendars.put(wave, new Calendar());
    }
  }

  /** How many triggers wait in all waves. */
  int size() {
    return size;
  }

  int size(Wave wave) {
    return calendar(wave).size();
  }

  /** Puts a trigger that waits nowhere into the queue of a wave. */
  void add(Wave wave, Trigger trigger) {
    trigger.queue = wave;
    calendar(wave).add(trigger);
    size++;
    if (trigger.registration.deadline() != Timing.NO_DEADLINE) {
      byDeadline.add(trigger);
    }
  }

  /** Takes a waiting trigger out and says where it waited. */
  Wave remove(Trigger trigger) {
    Wave wave = trigger.queue;
    if (wave == null || !calendar(wave).remove(trigger)) {
      throw new IllegalStateException("trigger " + trigger.seq + " waits nowhere");
    }
    if (trigger.registration.deadline() != Timing.NO_DEADLINE) {
      byDeadline.remove(trigger);
    }
    trigger.queue = null;
    size--;
    return wave;
  }

  /** The first trigger of a wave, due or not; null if there is none. */
  @Nullable Trigger first(Wave wave) {
    return calendar(wave).first();
  }

  /** The trigger that follows another one, whether that still waits or not. */
  @Nullable Trigger after(Wave wave, Trigger trigger) {
    return calendar(wave).after(trigger);
  }

  /** The waiting trigger with the earliest deadline, or null. */
  @Nullable Trigger firstToExpire() {
    return byDeadline.isEmpty() ? null : byDeadline.first();
  }

  /** The waiting triggers of a wave in running order. */
  List<Trigger> list(Wave wave) {
    List<Trigger> all = new ArrayList<>();
    for (Trigger next = first(wave); next != null; next = after(wave, next)) {
      all.add(next);
    }
    return all;
  }

  private Calendar calendar(Wave wave) {
    return Objects.requireNonNull(calendars.get(wave));
  }
}
