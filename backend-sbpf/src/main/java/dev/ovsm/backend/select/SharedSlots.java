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
 * some way on which the slot does not begin anew. One whose address is kept where it cannot be
 * followed shares nothing.
 */
final class SharedSlots {
  /** With more slots times blocks than these, none are shared. */
  private static final long MOST_WORK = 4_000_000;

  private static final int[] NONE = {};

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
    Parts parts = new Parts(flow, flow.beginning(slot));
    int[] first = new int[parts.count()];
    int[] last = new int[parts.count()];
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    for (int at : fate.touches()) {
      int part = parts.of(at);
      first[part] = Math.min(first[part], at);
      last[part] = Math.max(last[part], at);
    }
    boolean[] behind = beyond(last, parts::successors);
    boolean[] before = beyond(last, parts::predecessors);
    Map<Integer, Integer> ranges = new HashMap<>();
    for (int part = 0; part < parts.count(); part++) {
      boolean isTouched = last[part] >= 0;
      if (isTouched || (behind[part] && before[part])) {
        int from = behind[part] ? parts.start(part) : first[part];
        int to = before[part] ? parts.end(part) - 1 : last[part];
        ranges.put(from, to);
      }
    }
    return ranges;
  }

  /**
   * The parts that one comes to from parts that touch the slot, in the direction of {@code next}.
   */
  private static boolean[] beyond(int[] touched, IntFunction<int[]> next) {
    boolean[] beyond = new boolean[touched.length];
    List<Integer> work = new ArrayList<>();
    for (int part = 0; part < touched.length; part++) {
      if (touched[part] >= 0) {
        work.add(part);
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

  /**
   * The blocks, of which the one where a slot begins is two parts: what is before it has its
   * number, the rest of it the last one. No way leads from one into the other that keeps the slot.
   */
  private final class Parts {
    private final AddressFlow flow;
    private final int beginning;
    private final int split;
    private final int rest;

    Parts(AddressFlow flow, int beginning) {
      this.flow = flow;
      this.beginning = beginning;
      this.split = flow.block(beginning);
      this.rest = cfg.size();
    }

    int count() {
      return rest + 1;
    }

    int of(int at) {
      int block = flow.block(at);
      return block == split && at >= beginning ? rest : block;
    }

    int start(int part) {
      return part == rest ? beginning : flow.start(part);
    }

    int end(int part) {
      return part == split ? beginning : flow.start((part == rest ? split : part) + 1);
    }

    int[] successors(int part) {
      return part == split ? NONE : cfg.successors(part == rest ? split : part);
    }

    int[] predecessors(int part) {
      if (part == rest) {
        return NONE;
      }
      int[] blocks = cfg.predecessors(part);
      for (int i = 0; i < blocks.length; i++) {
        if (blocks[i] == split) {
          blocks = blocks.clone();
          blocks[i] = rest;
        }
      }
      return blocks;
    }
  }
}
