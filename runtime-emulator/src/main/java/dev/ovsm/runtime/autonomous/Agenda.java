package dev.ovsm.runtime.autonomous;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The triggers that wait, by wave and in running order.
 *
 * <p>Looking at what comes next costs nothing for the rest, however much waits.
 */
final class Agenda {
  private static final Comparator<Trigger> BY_DEADLINE =
      Comparator.<Trigger>comparingLong(t -> t.registration.deadline).thenComparingLong(t -> t.seq);

  private final Map<Wave, NavigableSet<Trigger>> queues = new EnumMap<>(Wave.class);
  private final NavigableSet<Trigger> byDeadline = new TreeSet<>(BY_DEADLINE);
  private int size;

  Agenda() {
    for (Wave wave : Wave.OF_CALLBACKS) {
      queues.put(wave, new TreeSet<>(Trigger.ORDER));
    }
  }

  /** How many triggers wait in all waves. */
  int size() {
    return size;
  }

  int size(Wave wave) {
    return queue(wave).size();
  }

  /** Puts a trigger that waits nowhere into the queue of a wave. */
  void add(Wave wave, Trigger trigger) {
    trigger.queue = wave;
    queue(wave).add(trigger);
    size++;
    if (trigger.registration.deadline != Registration.NO_DEADLINE) {
      byDeadline.add(trigger);
    }
  }

  /** Takes a waiting trigger out and says where it waited. */
  Wave remove(Trigger trigger) {
    Wave wave = trigger.queue;
    if (wave == null || !queue(wave).remove(trigger)) {
      throw new IllegalStateException("trigger " + trigger.seq + " waits nowhere");
    }
    if (trigger.registration.deadline != Registration.NO_DEADLINE) {
      byDeadline.remove(trigger);
    }
    trigger.queue = null;
    size--;
    return wave;
  }

  /** The first trigger of a wave, due or not; null if there is none. */
  @Nullable Trigger first(Wave wave) {
    NavigableSet<Trigger> queue = queue(wave);
    return queue.isEmpty() ? null : queue.first();
  }

  /** The trigger that follows another one, whether that still waits or not. */
  @Nullable Trigger after(Wave wave, Trigger trigger) {
    return queue(wave).higher(trigger);
  }

  /** The waiting trigger with the earliest deadline, or null. */
  @Nullable Trigger firstToExpire() {
    return byDeadline.isEmpty() ? null : byDeadline.first();
  }

  /** The waiting triggers of a wave in running order. */
  List<Trigger> list(Wave wave) {
    return new ArrayList<>(queue(wave));
  }

  private NavigableSet<Trigger> queue(Wave wave) {
    NavigableSet<Trigger> queue = queues.get(wave);
    if (queue == null) {
      throw new IllegalStateException("no queue for " + wave);
    }
    return queue;
  }
}
