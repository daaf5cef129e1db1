package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The live intervals of all registers of a function, its instructions numbered in the order of its
 * blocks.
 *
 * <p>Locations from {@code firstGlobal} on may be live across blocks; those below it, real
 * registers, only inside a block and from the function's start.
 */
final class Liveness {
  private final MachineFunction function;
  private final Accesses access;
  private final int locations;
  private final int firstGlobal;
  private final int[] starts;
  private final Ints[] bounds;
  private final Interval[] intervals;

  /** Where the instruction that is scanned stands. */
  private int base;

  /** The intervals of registers. */
  Liveness(MachineFunction function) {
    this(function, new Access(function.hasStatus()), function.locations(), Location.FIRST_VIRTUAL);
  }

  /** The intervals of anything that code reads and writes, numbered below {@code locations}. */
  Liveness(MachineFunction function, Accesses access, int locations, int firstGlobal) {
    this.function = function;
    this.access = access;
    this.locations = locations;
    this.firstGlobal = firstGlobal;
    this.starts = new int[function.blocks().size() + 1];
    this.bounds = new Ints[locations];
    Arrays.setAll(bounds, i -> new Ints());
    this.intervals = new Interval[locations];
    for (int i = 0; i < function.blocks().size(); i++) {
      starts[i + 1] = starts[i] + function.blocks().get(i).insts().size();
    }
    Ints[] liveOut = liveOut();
    int[] ends = new int[locations];
    for (int block = function.blocks().size() - 1; block >= 0; block--) {
      scan(function.blocks().get(block), liveOut[block], ends);
    }
    for (int i = 0; i < locations; i++) {
      intervals[i] = Interval.ofDescending(bounds[i]);
    }
  }

  /** The number of the first instruction of a block; of the block behind the last, their count. */
  int first(int block) {
    return starts[block];
  }

  /** What reads and writes are, instruction by instruction. */
  interface Accesses {
    void reads(MachineInst inst, IntConsumer each);

    void writes(MachineInst inst, IntConsumer each);
  }

  Interval interval(int register) {
    return intervals[register];
  }

  /** For each block the virtual registers whose number is wanted behind it. */
  private Ints[] liveOut() {
    int blocks = function.blocks().size();
    List<Ints> exposed = lists(locations);
    List<Ints> written = lists(locations);
    int[] seen = new int[locations];
    int[] defined = new int[locations];
    Arrays.fill(seen, -1);
    Arrays.fill(defined, -1);
    for (MachineBlock block : function.blocks()) {
      int id = block.id();
      // Made once per block: the first compiler takes long to make an object for each instruction.
      IntConsumer read =
          register -> {
            if (defined[register] != id && seen[register] != id) {
              seen[register] = id;
              exposed.get(register).add(id);
            }
          };
      IntConsumer write =
          register -> {
            if (defined[register] != id) {
              defined[register] = id;
              written.get(register).add(id);
            }
          };
      for (MachineInst inst : block.insts()) {
        access.reads(inst, read);
        access.writes(inst, write);
      }
    }
    return propagate(exposed, written, predecessors(blocks));
  }

  private Ints[] propagate(List<Ints> exposed, List<Ints> written, List<Ints> predecessors) {
    int blocks = function.blocks().size();
    Ints[] liveOut = new Ints[blocks];
    Arrays.setAll(liveOut, i -> new Ints());
    int[] in = new int[blocks];
    int[] out = new int[blocks];
    int[] kills = new int[blocks];
    Arrays.fill(in, -1);
    Arrays.fill(out, -1);
    Arrays.fill(kills, -1);
    Ints work = new Ints();
    for (int register = firstGlobal; register < exposed.size(); register++) {
      for (int i = 0; i < written.get(register).size(); i++) {
        kills[written.get(register).get(i)] = register;
      }
      for (int i = 0; i < exposed.get(register).size(); i++) {
        in[exposed.get(register).get(i)] = register;
        work.add(exposed.get(register).get(i));
      }
      while (work.size() > 0) {
        Ints before = predecessors.get(work.removeLast());
        for (int i = 0; i < before.size(); i++) {
          int block = before.get(i);
          if (out[block] != register) {
            out[block] = register;
            liveOut[block].add(register);
            if (kills[block] != register && in[block] != register) {
              in[block] = register;
              work.add(block);
            }
          }
        }
      }
    }
    return liveOut;
  }

  private List<Ints> predecessors(int blocks) {
    List<Ints> predecessors = lists(blocks);
    for (MachineBlock block : function.blocks()) {
      for (int successor : block.successors()) {
        predecessors.get(successor).add(block.id());
      }
    }
    return predecessors;
  }

  private static List<Ints> lists(int count) {
    List<Ints> lists = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lists.add(new Ints());
    }
    return lists;
  }

  /** Walks a block backwards; {@code ends} holds where each live register's segment ends, or 0. */
  private void scan(MachineBlock block, Ints liveOut, int[] ends) {
    int from = starts[block.id()];
    int to = starts[block.id() + 1];
    Ints live = new Ints();
    for (int i = 0; i < liveOut.size(); i++) {
      ends[liveOut.get(i)] = to * Interval.STRIDE;
      live.add(liveOut.get(i));
    }
    IntConsumer write =
        register -> {
          int start = base + Interval.WRITE;
          segment(register, start, Math.max(ends[register], start + 1));
          ends[register] = 0;
        };
    IntConsumer read =
        register -> {
          if (ends[register] == 0) {
            ends[register] = base + Interval.READ + 1;
            live.add(register);
          }
        };
    for (int at = to - 1; at >= from; at--) {
      base = at * Interval.STRIDE;
      MachineInst inst = block.insts().get(at - from);
      access.writes(inst, write);
      access.reads(inst, read);
    }
    for (int i = 0; i < live.size(); i++) {
      int register = live.get(i);
      boolean arrives = register >= firstGlobal || block.id() == 0;
      if (ends[register] != 0 && arrives) {
        segment(register, from * Interval.STRIDE, ends[register]);
      }
      ends[register] = 0;
    }
  }

  private void segment(int register, int start, int end) {
    bounds[register].add(end);
    bounds[register].add(start);
  }
}
