package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Gives virtual registers registers of the machine, long-lived ones first; a heavier one may
 * displace lighter ones. What finds no place is left over.
 */
final class Assignment {
  private static final int NONE = -1;

  /** Arguments and results are where r0 to r3 want to stay free. */
  private static final int[] PREFERENCE = {5, 4, 3, 0, 2, 1, 6, 7, 8, 9};

  private static final int MOST_DISPLACED = 8;

  private final Liveness liveness;
  private final Weights weights;
  private final int[] registers;
  private final List<List<Hint>> hints = new ArrayList<>();
  private final Occupancy[] occupancies = new Occupancy[Location.FRAME];
  private final PriorityQueue<Integer> queue;
  private final List<Integer> leftOver = new ArrayList<>();

  private record Hint(int other, long frequency) {}

  Assignment(MachineFunction function, Liveness liveness, Weights weights) {
    this.liveness = liveness;
    this.weights = weights;
    this.registers = new int[function.locations()];
    Arrays.fill(registers, NONE);
    for (int i = 0; i < registers.length; i++) {
      hints.add(List.of());
    }
    for (Copies.Copy copy : Copies.of(function)) {
      hint(copy.dst(), copy.src(), copy.frequency());
      hint(copy.src(), copy.dst(), copy.frequency());
    }
    long[] sizes = new long[registers.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = liveness.interval(i).size();
    }
    this.queue =
        new PriorityQueue<>(
            Comparator.<Integer>comparingLong(i -> -sizes[i]).thenComparingInt(i -> i));
    for (int i = 0; i < Location.FRAME; i++) {
      registers[i] = i;
      occupancies[i] = new Occupancy();
      occupancies[i].add(liveness.interval(i), Occupancy.FIXED);
    }
    for (int i = Location.FIRST_VIRTUAL; i < registers.length; i++) {
      if (!liveness.interval(i).isEmpty()) {
        queue.add(i);
      }
    }
  }

  private void hint(int register, int other, long frequency) {
    if (hints.get(register).isEmpty()) {
      hints.set(register, new ArrayList<>());
    }
    hints.get(register).add(new Hint(other, frequency));
  }

  /** Assigns all it can and returns the virtual registers left over, ascending. */
  List<Integer> run() {
    while (!queue.isEmpty()) {
      int register = queue.remove();
      if (!place(register) && !rearrange(register) && !displace(register)) {
        if (weights.of(register) == Double.MAX_VALUE) {
          throw new IllegalStateException("no register for %" + register);
        }
        leftOver.add(register);
      }
    }
    leftOver.sort(Comparator.naturalOrder());
    return leftOver;
  }

  /** The register of the machine that a register was given; real ones have themselves. */
  int of(int register) {
    return registers[register];
  }

  /** Whether a register of the machine holds nothing throughout an interval of positions. */
  boolean isFree(int real, Interval interval) {
    return occupancies[real].isFree(interval);
  }

  private boolean place(int register) {
    for (int real : order(register)) {
      if (occupancies[real].isFree(liveness.interval(register))) {
        assign(register, real);
        return true;
      }
    }
    return false;
  }

  /** Registers in the order of how many copies they save, then of preference. */
  private int[] order(int register) {
    long[] gains = new long[Location.FRAME];
    boolean any = false;
    for (Hint hint : hints.get(register)) {
      int real = registers[hint.other];
      if (real != NONE) {
        gains[real] += hint.frequency;
        any = true;
      }
    }
    if (!any) {
      return PREFERENCE;
    }
    int[] order = PREFERENCE.clone();
    // Insertion sort: stable, and there are ten.
    for (int i = 1; i < order.length; i++) {
      int real = order[i];
      int at = i;
      while (at > 0 && gains[order[at - 1]] < gains[real]) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = real;
    }
    return order;
  }

  private void assign(int register, int real) {
    registers[register] = real;
    occupancies[real].add(liveness.interval(register), register);
  }

  private void release(int register) {
    occupancies[registers[register]].remove(liveness.interval(register));
    registers[register] = NONE;
  }

  /** Makes room by moving whoever is in the way of one register to free ones. */
  private boolean rearrange(int register) {
    Interval interval = liveness.interval(register);
    for (int real : order(register)) {
      Ints conflicts = occupancies[real].conflicts(interval, MOST_DISPLACED);
      if (conflicts != null && moveAll(conflicts, real)) {
        assign(register, real);
        return true;
      }
    }
    return false;
  }

  private boolean moveAll(Ints owners, int from) {
    for (int i = 0; i < owners.size(); i++) {
      int owner = owners.get(i);
      release(owner);
      boolean moved = false;
      for (int real : order(owner)) {
        if (real != from && occupancies[real].isFree(liveness.interval(owner))) {
          assign(owner, real);
          moved = true;
          break;
        }
      }
      if (!moved) {
        assign(owner, from);
        return false;
      }
    }
    return true;
  }

  /** Takes the register whose holders are the lightest, if all of them are lighter. */
  private boolean displace(int register) {
    double own = weights.of(register);
    double best = own;
    int chosen = NONE;
    Interval interval = liveness.interval(register);
    for (int real : order(register)) {
      Ints conflicts = occupancies[real].conflicts(interval, MOST_DISPLACED);
      if (conflicts != null) {
        double heaviest = 0;
        for (int i = 0; i < conflicts.size(); i++) {
          heaviest = Math.max(heaviest, weights.of(conflicts.get(i)));
        }
        if (heaviest < best) {
          best = heaviest;
          chosen = real;
        }
      }
    }
    if (chosen == NONE) {
      return false;
    }
    Ints conflicts = occupancies[chosen].conflicts(interval, MOST_DISPLACED);
    for (int i = 0; conflicts != null && i < conflicts.size(); i++) {
      release(conflicts.get(i));
      queue.add(conflicts.get(i));
    }
    assign(register, chosen);
    return true;
  }
}
