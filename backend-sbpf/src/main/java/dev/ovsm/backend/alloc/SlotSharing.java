package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Lets the slots that hold registers share memory where their contents are never wanted at once.
 */
final class SlotSharing implements Liveness.Accesses {
  private final int first;

  private SlotSharing(int first) {
    this.first = first;
  }

  /** Renumbers the slots from {@code first} on, each accessed only by whole loads and stores. */
  static void share(MachineFunction function, int first) {
    int count = function.slots().size() - first;
    if (count == 0) {
      return;
    }
    Liveness liveness = new Liveness(function, new SlotSharing(first), count, 0);
    int[] shared = new int[count];
    List<Occupancy> taken = new ArrayList<>();
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingInt(slot -> start(liveness.interval(slot))))
            .toList();
    for (int slot : order) {
      int place = 0;
      while (place < taken.size() && !taken.get(place).isFree(liveness.interval(slot))) {
        place++;
      }
      if (place == taken.size()) {
        taken.add(new Occupancy());
      }
      taken.get(place).add(liveness.interval(slot), slot);
      shared[slot] = first + place;
    }
    rename(function, first, shared);
    function.slots().subList(first + taken.size(), function.slots().size()).clear();
  }

  private static int start(Interval interval) {
    return interval.isEmpty() ? 0 : interval.start(0);
  }

  private static void rename(MachineFunction function, int first, int[] shared) {
    for (MachineBlock block : function.blocks()) {
      List<MachineInst> renamed = new ArrayList<>(block.insts().size());
      for (MachineInst inst : block.insts()) {
        if (inst instanceof Code code
            && code.link() instanceof Link.Slot slot
            && slot.slot() >= first) {
          Link place = new Link.Slot(shared[slot.slot() - first]);
          renamed.add(
              new Code(
                  code.op(), code.dst(), code.src(), code.off(), code.imm(), place, code.span()));
        } else {
          renamed.add(inst);
        }
      }
      block.insts(renamed);
    }
  }

  @Override
  public void reads(MachineInst inst, IntConsumer each) {
    accept(inst, Opcode.LDXDW, each);
  }

  @Override
  public void writes(MachineInst inst, IntConsumer each) {
    accept(inst, Opcode.STXDW, each);
  }

  private void accept(MachineInst inst, Opcode op, IntConsumer each) {
    if (inst instanceof Code code
        && code.op() == op
        && code.link() instanceof Link.Slot slot
        && slot.slot() >= first) {
      each.accept(slot.slot() - first);
    }
  }
}
