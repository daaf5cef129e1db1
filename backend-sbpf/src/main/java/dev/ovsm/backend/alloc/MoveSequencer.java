package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.backend.machine.MachineInst.Move;
import dev.ovsm.backend.machine.MachineInst.Moves;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns parallel moves into instructions in an order in which none destroys what another needs. */
final class MoveSequencer {
  private static final int NONE = -1;

  private final MachineFunction function;
  private final Assignment assignment;
  private final List<MachineInst> out;
  private final Span span;

  /** The moves to come: target to source. */
  private final Map<Integer, Integer> pending = new LinkedHashMap<>();

  private final Map<Integer, Integer> readers = new HashMap<>();
  private final Deque<Integer> ready = new ArrayDeque<>();
  private final int scratch;

  private MoveSequencer(
      MachineFunction function,
      Assignment assignment,
      int scratch,
      Span span,
      List<MachineInst> out) {
    this.function = function;
    this.assignment = assignment;
    this.scratch = scratch;
    this.span = span;
    this.out = out;
  }

  static void run(MachineFunction function, Liveness liveness, Assignment assignment) {
    for (MachineBlock block : function.blocks()) {
      List<MachineInst> sequenced = new ArrayList<>(block.insts().size());
      int number = liveness.first(block.id());
      for (MachineInst inst : block.insts()) {
        if (inst instanceof Moves moves) {
          int scratch = scratch(assignment, number);
          new MoveSequencer(function, assignment, scratch, moves.span(), sequenced).emit(moves);
        } else {
          sequenced.add(inst);
        }
        number++;
      }
      block.insts(sequenced);
    }
  }

  /** A register that holds nothing around an instruction, or none. */
  private static int scratch(Assignment assignment, int number) {
    int from = number * Interval.STRIDE;
    Interval around = Interval.of(from, from + Interval.STRIDE);
    for (int real = 0; real < Location.FRAME; real++) {
      if (assignment.isFree(real, around)) {
        return real;
      }
    }
    return NONE;
  }

  private void emit(Moves moves) {
    for (Move move : moves.moves()) {
      int dst = real(move.dst());
      int src = real(move.src());
      if (dst != src) {
        pending.put(dst, src);
        readers.merge(src, 1, Integer::sum);
      }
    }
    pending.keySet().stream().filter(dst -> !readers.containsKey(dst)).forEach(ready::add);
    while (!pending.isEmpty()) {
      Integer dst = ready.poll();
      if (dst == null) {
        breakCycle();
      } else {
        Integer src = pending.remove(dst);
        if (src != null) {
          move(dst, src);
          forget(src);
        }
      }
    }
  }

  /** One reader less; a target without readers may be written. */
  private void forget(int src) {
    if (readers.merge(src, -1, Integer::sum) == 0) {
      readers.remove(src);
      if (pending.containsKey(src)) {
        ready.add(src);
      }
    }
  }

  private int real(int location) {
    return Location.isVirtual(location) ? assignment.of(location) : location;
  }

  /**
   * Moves one target of a cycle aside, or exchanges it with its source, and brings it its number.
   * Everything left is in cycles, so each location has one reader.
   */
  private void breakCycle() {
    Map.Entry<Integer, Integer> first = pending.entrySet().iterator().next();
    int dst = first.getKey();
    int src = first.getValue();
    int aside = scratch;
    if (Location.isSlot(dst) || Location.isSlot(src)) {
      aside = Location.ofSlot(function.slot(8, 8, Span.none()));
    } else if (scratch == NONE) {
      xor(dst, src);
      xor(src, dst);
      xor(dst, src);
      aside = src;
    }
    boolean exchanged = aside == src;
    if (!exchanged) {
      move(aside, dst);
      move(dst, src);
    }
    pending.remove(dst);
    readers.remove(dst);
    readers.remove(src);
    int moved = aside;
    pending.replaceAll((to, from) -> from == dst ? moved : from);
    if (!exchanged) {
      readers.put(aside, 1);
      ready.add(src);
    } else if (pending.get(src) != null && pending.get(src) == src) {
      pending.remove(src);
    } else {
      readers.put(src, 1);
    }
  }

  private void xor(int dst, int src) {
    add(Opcode.XOR64_REG, dst, src, null);
  }

  private void move(int dst, int src) {
    if (Location.isSlot(dst) && Location.isSlot(src)) {
      throughRegister(dst, src);
    } else if (Location.isSlot(dst)) {
      add(Opcode.STXDW, Location.FRAME, src, new Link.Slot(Location.slot(dst)));
    } else if (Location.isSlot(src)) {
      add(Opcode.LDXDW, dst, Location.FRAME, new Link.Slot(Location.slot(src)));
    } else {
      add(Opcode.MOV64_REG, dst, src, null);
    }
  }

  /** From slot to slot; without a free register one is kept in a third slot meanwhile. */
  private void throughRegister(int dst, int src) {
    if (scratch != NONE && !readers.containsKey(scratch)) {
      move(scratch, src);
      move(dst, scratch);
    } else {
      int saved = Location.ofSlot(function.slot(8, 8, Span.none()));
      move(saved, Location.RESULT);
      move(Location.RESULT, src);
      move(dst, Location.RESULT);
      move(Location.RESULT, saved);
    }
  }

  private void add(Opcode op, int dst, int src, @Nullable Link link) {
    out.add(new Code(op, dst, src, 0, 0, link, span));
  }
}
