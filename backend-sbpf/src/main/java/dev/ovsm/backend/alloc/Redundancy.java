package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Result;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Drops copies, constants, loads and stores that leave a register or a slot with what it holds. A
 * block begins with what all its predecessors knew.
 */
final class Redundancy {
  private final MachineFunction function;
  private final int firstSlot;
  private final Map<Long, Integer> constants = new HashMap<>();
  private int numbers;

  /** Equal numbers stand for equal contents; of registers, then of slots. */
  private int[] contents = new int[0];

  private Redundancy(MachineFunction function, int firstSlot) {
    this.function = function;
    this.firstSlot = firstSlot;
  }

  /** For a function with its final registers; slots from {@code firstSlot} on hold registers. */
  static void remove(MachineFunction function, int firstSlot) {
    new Redundancy(function, firstSlot).run();
  }

  private void run() {
    List<MachineBlock> blocks = function.blocks();
    Cfg cfg = function.cfg();
    int[] @Nullable [] ends = new int[blocks.size()][];
    for (int id : cfg.order()) {
      MachineBlock block = blocks.get(id);
      contents = begin(cfg, id, ends);
      List<MachineInst> kept = new ArrayList<>(block.insts().size());
      for (MachineInst inst : block.insts()) {
        if (!(inst instanceof Code code) || !isRedundant(code)) {
          kept.add(inst);
        }
      }
      block.insts(kept);
      ends[id] = contents;
    }
  }

  /** What all predecessors know; nothing where a way back arrives. */
  private int[] begin(Cfg cfg, int id, int[] @Nullable [] ends) {
    int[] known = null;
    for (int predecessor : cfg.predecessors(id)) {
      int[] end = ends[predecessor];
      if (end == null) {
        return unknown();
      }
      if (known == null) {
        known = end.clone();
      } else {
        for (int i = 0; i < known.length; i++) {
          known[i] = known[i] == end[i] ? known[i] : numbers++;
        }
      }
    }
    if (known == null) {
      known = unknown();
      if (function.isEntry()) {
        // The machine starts a program with this register zero.
        known[Location.RESULT] = constant(0);
      }
    }
    return known;
  }

  private int[] unknown() {
    int[] fresh = new int[Location.FRAME + function.slots().size() - firstSlot];
    Arrays.setAll(fresh, i -> numbers++);
    return fresh;
  }

  /** Follows an instruction and tells whether it changes nothing. */
  private boolean isRedundant(Code code) {
    if (code.isCall()) {
      for (int register = 0; register < Location.FIRST_KEPT; register++) {
        contents[register] = numbers++;
      }
      if (returnsZero(code)) {
        contents[Location.RESULT] = constant(0);
      }
      return false;
    }
    int slot = slot(code);
    if (slot >= 0 && code.op() == Opcode.STXDW) {
      return set(slot, contents[code.src()]);
    }
    if (slot >= 0 && code.op() == Opcode.LDXDW) {
      return set(code.dst(), contents[slot]);
    }
    if (code.isCopy() && code.src() != Location.FRAME) {
      return set(code.dst(), contents[code.src()]);
    }
    if (code.link() == null && isConstant(code.op())) {
      long value = code.op() == Opcode.MOV32_IMM ? code.imm() & 0xffff_ffffL : code.imm();
      return set(code.dst(), constant(value));
    }
    if (code.writesDst()) {
      contents[code.dst()] = numbers++;
    }
    return false;
  }

  private boolean set(int place, int number) {
    boolean same = contents[place] == number;
    contents[place] = number;
    return same;
  }

  private int constant(long value) {
    return constants.computeIfAbsent(value, v -> numbers++);
  }

  private static boolean isConstant(Opcode op) {
    return op == Opcode.MOV64_IMM || op == Opcode.MOV32_IMM || op == Opcode.LDDW;
  }

  private static boolean returnsZero(Code call) {
    if (call.link() instanceof Link.Host host) {
      Optional<Syscall> syscall = Syscall.of(host.syscall());
      return syscall.isPresent() && syscall.get().result() == Result.ZERO;
    }
    return false;
  }

  /** The index in {@link #contents} of a slot that holds a register, or -1. */
  private int slot(Code code) {
    return code.link() instanceof Link.Slot slot && slot.slot() >= firstSlot
        ? Location.FRAME + slot.slot() - firstSlot
        : -1;
  }
}
