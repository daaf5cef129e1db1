package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.FrameSlot;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gives the stack slots of a function their places in the frame; slots share one if no way through
 * the function leads from what one is used for to what the other is used for and back.
 *
 * <p>A slot is in use between any two instructions that reach it, the first before the second on
 * some way. One whose address is kept where it cannot be followed shares nothing.
 */
final class SharedSlots {
  /** With more slots times blocks than these, none are shared. */
  private static final long MOST_WORK = 4_000_000;

  private final Cfg cfg;
  private final Map<Integer, Integer> numbers = new HashMap<>();

  /** What lies at one place of the frame: the slots' extent, and when they are in use. */
  private static final class Place {
    private @Nullable FrameSlot largest;
    private int align = 1;
    private boolean isOpen = true;
    private final TreeMap<Integer, Integer> taken = new TreeMap<>();

    boolean isFree(Map<Integer, Integer> ranges) {
      if (!isOpen) {
        return false;
      }
      for (Map.Entry<Integer, Integer> range : ranges.entrySet()) {
        Map.Entry<Integer, Integer> before = taken.floorEntry(range.getValue());
        if (before != null && before.getValue() >= range.getKey()) {
          return false;
        }
      }
      return true;
    }

    void add(Inst.StackSlot slot, Map<Integer, Integer> ranges) {
      taken.putAll(ranges);
      align = Math.max(align, slot.align());
      if (largest == null || largest.bytes() < slot.bytes()) {
        largest = new FrameSlot(slot.bytes(), slot.align(), slot.span());
      }
    }

    void addTo(MachineFunction function) {
      if (largest != null) {
        function.slot(largest.bytes(), align, largest.span());
      }
    }
  }

  /** Adds the places to the frame of {@code machine}. */
  SharedSlots(Function function, Cfg cfg, Retention retention, MachineFunction machine) {
    this.cfg = cfg;
    List<Inst.StackSlot> slots = Places.slots(function, cfg);
    boolean shares = slots.size() > 1 && (long) slots.size() * cfg.size() <= MOST_WORK;
    AddressFlow flow = shares ? new AddressFlow(function, retention::returns) : null;
    List<Place> places = new ArrayList<>();
    for (Inst.StackSlot slot : slots) {
      Map<Integer, Integer> ranges = flow == null ? null : ranges(slot, flow, retention);
      int number = 0;
      while (number < places.size() && (ranges == null || !places.get(number).isFree(ranges))) {
        number++;
      }
      if (number == places.size()) {
        places.add(new Place());
      }
      places.get(number).add(slot, ranges == null ? Map.of() : ranges);
      places.get(number).isOpen &= ranges != null;
      numbers.put(slot.result().id(), number);
    }
    places.forEach(place -> place.addTo(machine));
  }

  /** The number of a slot's place. */
  int number(Inst.StackSlot slot) {
    return numbers.getOrDefault(slot.result().id(), -1);
  }

  /** From which instructions to which a slot is in use; null if always. */
  private @Nullable Map<Integer, Integer> ranges(
      Inst.StackSlot slot, AddressFlow flow, Retention retention) {
    AddressFlow.Fate fate = flow.of(slot.result());
    if (retention.keeps(fate)) {
      return null;
    }
    int[] first = new int[cfg.size()];
    int[] last = new int[cfg.size()];
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    for (int at : fate.touches()) {
      int id = flow.block(at);
      first[id] = Math.min(first[id], at);
      last[id] = Math.max(last[id], at);
    }
    boolean[] behind = beyond(last, cfg::successors);
    boolean[] before = beyond(last, cfg::predecessors);
    Map<Integer, Integer> ranges = new HashMap<>();
    for (int id : cfg.order()) {
      boolean isTouched = last[id] >= 0;
      if (isTouched || (behind[id] && before[id])) {
        int from = behind[id] ? flow.start(id) : first[id];
        int to = before[id] ? flow.start(id + 1) - 1 : last[id];
        ranges.put(from, to);
      }
    }
    return ranges;
  }

  /**
   * The blocks that one comes to from blocks that touch the slot, in the direction of {@code next}.
   */
  private boolean[] beyond(int[] touched, IntFunction<int[]> next) {
    boolean[] beyond = new boolean[cfg.size()];
    List<Integer> work = new ArrayList<>();
    for (int id : cfg.order()) {
      if (touched[id] >= 0) {
        work.add(id);
      }
    }
    while (!work.isEmpty()) {
      for (int neighbour : next.apply(work.remove(work.size() - 1))) {
        if (!beyond[neighbour]) {
          beyond[neighbour] = true;
          work.add(neighbour);
        }
      }
    }
    return beyond;
  }
}
