package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.backend.machine.MachineInst.Moves;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves registers to the frame: a new register holds the number where a block uses it, from call to
 * call; if that finds no place either, for one instruction only.
 *
 * <p>A number that can be computed again is, and needs no slot. Parallel moves name the slot
 * itself. The slot holds the number wherever it is live and no piece of the register is.
 */
final class Spiller {
  private final MachineFunction function;
  private final Liveness liveness;
  private final Spills spills;
  private final Set<Integer> spilled;
  private final Access access;

  Spiller(MachineFunction function, Liveness liveness, Spills spills, List<Integer> spilled) {
    this.function = function;
    this.liveness = liveness;
    this.spills = spills;
    this.spilled = new HashSet<>(spilled);
    this.access = new Access(function.hasStatus());
  }

  void run() {
    for (MachineBlock block : function.blocks()) {
      rewrite(block);
    }
    spills.refresh();
  }

  /** An instruction of a block that reads or writes a register, behind so many calls. */
  private record Use(int at, boolean reads, boolean writes, boolean inMoves, int calls) {}

  private void rewrite(MachineBlock block) {
    Map<Integer, List<Use>> uses = new LinkedHashMap<>();
    int calls = 0;
    for (int at = 0; at < block.insts().size(); at++) {
      MachineInst inst = block.insts().get(at);
      collect(inst, at, calls, uses);
      if (inst instanceof Code code && code.isCall()) {
        calls++;
      }
    }
    if (!uses.isEmpty()) {
      Edits edits = new Edits();
      for (Map.Entry<Integer, List<Use>> one : uses.entrySet()) {
        new Split(block, one.getKey(), edits).run(one.getValue());
      }
      block.insts(edits.apply(block.insts()));
    }
  }

  private void collect(MachineInst inst, int at, int calls, Map<Integer, List<Use>> uses) {
    Set<Integer> read = new HashSet<>();
    Set<Integer> written = new HashSet<>();
    Set<Integer> found = new LinkedHashSet<>();
    access.reads(inst, read::add);
    access.writes(inst, written::add);
    access.reads(inst, found::add);
    access.writes(inst, found::add);
    found.retainAll(spilled);
    for (int register : found) {
      uses.computeIfAbsent(register, r -> new ArrayList<>())
          .add(
              new Use(
                  at,
                  read.contains(register),
                  written.contains(register),
                  inst instanceof Moves,
                  calls));
    }
  }

  /** The work on one register in one block. */
  private final class Split {
    private final MachineBlock block;
    private final int register;
    private final Edits edits;
    private final boolean repeats;
    private final boolean single;
    private List<Use> run = new ArrayList<>();

    Split(MachineBlock block, int register, Edits edits) {
      this.block = block;
      this.register = register;
      this.edits = edits;
      this.repeats = spills.repeated(register) != null;
      this.single = spills.isPiece(register);
    }

    void run(List<Use> uses) {
      for (int i = 0; i < uses.size(); i++) {
        Use use = uses.get(i);
        boolean isLast = i == uses.size() - 1;
        if (single || inSlot(use, isLast) || callsBetween(use) || (use.inMoves && use.writes)) {
          finish();
        }
        if (inSlot(use, isLast)) {
          edits.rename(use.at, register, Location.ofSlot(spills.slot(register)));
        } else {
          run.add(use);
        }
      }
      finish();
    }

    /** Whether a parallel move takes the number from the slot or brings it there. */
    private boolean inSlot(Use use, boolean isLast) {
      boolean begins = run.isEmpty() || callsBetween(use);
      return use.inMoves && (single || (use.reads ? use.writes || begins : isLast));
    }

    private boolean callsBetween(Use use) {
      return !run.isEmpty() && run.get(run.size() - 1).calls != use.calls;
    }

    /** Gives the run a register of its own. */
    private void finish() {
      if (repeats) {
        compute();
      } else if (!run.isEmpty() && !isOwn(run.get(0).at)) {
        keep();
      }
      run = new ArrayList<>();
    }

    private void compute() {
      List<Use> reads = new ArrayList<>();
      for (Use use : run) {
        if (use.writes) {
          edits.remove(use.at);
        } else {
          reads.add(use);
        }
      }
      Code repeated = spills.repeated(register);
      if (!reads.isEmpty() && repeated != null) {
        int piece = spills.piece(register, reads.size() == 1);
        edits.before(reads.get(0).at, repeated.with(piece, repeated.src()));
        reads.forEach(use -> edits.rename(use.at, register, piece));
      }
    }

    private void keep() {
      int slot = spills.slot(register);
      int piece = spills.piece(register, run.size() == 1);
      int written = -1;
      for (Use use : run) {
        edits.rename(use.at, register, piece);
        written = use.writes ? use.at : written;
      }
      Use first = run.get(0);
      if (first.reads) {
        edits.before(first.at, access(Opcode.LDXDW, piece, Location.FRAME, slot, first.at));
      }
      if (written >= 0 && isWantedBehind(run.get(run.size() - 1).at)) {
        edits.after(written, access(Opcode.STXDW, Location.FRAME, piece, slot, written));
      }
    }

    private boolean isWantedBehind(int at) {
      int number = liveness.first(block.id()) + at;
      return liveness.interval(register).covers(number * Interval.STRIDE + Interval.AFTER);
    }

    private Code access(Opcode op, int dst, int src, int slot, int at) {
      return new Code(op, dst, src, 0, 0, new Link.Slot(slot), block.insts().get(at).span());
    }

    /** Removes the load or store that kept a piece and its slot the same; both are the slot now. */
    private boolean isOwn(int at) {
      boolean own =
          single
              && block.insts().get(at) instanceof Code code
              && (code.op() == Opcode.LDXDW || code.op() == Opcode.STXDW)
              && code.link() instanceof Link.Slot slot
              && slot.slot() == spills.slot(register);
      if (own) {
        edits.remove(at);
      }
      return own;
    }
  }
}
