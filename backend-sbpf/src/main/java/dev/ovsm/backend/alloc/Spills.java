package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.backend.machine.MachineInst.Moves;
import dev.ovsm.diag.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of virtual registers that are kept elsewhere: their slots, the pieces they were cut
 * into, and which numbers can be computed again instead.
 */
final class Spills {
  private final MachineFunction function;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final Set<Integer> pieces = new HashSet<>();
  private final Set<Integer> minimal = new HashSet<>();

  /** The only instruction that writes a register, if it may be done again. */
  private @Nullable Code[] repeated = new Code[0];

  Spills(MachineFunction function) {
    this.function = function;
    refresh();
  }

  /** Looks at the code anew. */
  void refresh() {
    @Nullable Code[] only = new Code[function.locations()];
    int[] writes = new int[function.locations()];
    Access access = new Access(function.hasStatus());
    for (MachineBlock block : function.blocks()) {
      for (MachineInst inst : block.insts()) {
        access.writes(inst, register -> writes[register]++);
        if (inst instanceof Moves) {
          access.reads(inst, register -> writes[register] += 2);
        } else if (inst instanceof Code code && code.isRepeatable()) {
          only[code.dst()] = code;
        }
      }
    }
    for (int i = 0; i < only.length; i++) {
      if (writes[i] != 1 || !Location.isVirtual(i)) {
        only[i] = null;
      }
    }
    repeated = only;
  }

  /** The instruction that computes the register's number anywhere; null if there is none. */
  @Nullable Code repeated(int register) {
    return repeated[register];
  }

  /** Whether the register lives for one instruction only. */
  boolean isMinimal(int register) {
    return minimal.contains(register);
  }

  /** Whether the register stands for another one in a part of a block. */
  boolean isPiece(int register) {
    return pieces.contains(register);
  }

  boolean hasAny() {
    return !slots.isEmpty() || !pieces.isEmpty() || !minimal.isEmpty();
  }

  /** The slot of the frame that stands behind a register; pieces share it. */
  int slot(int register) {
    return slots.computeIfAbsent(register, r -> function.slot(8, 8, Span.none()));
  }

  /** A new register that stands for another one in a part of a block. */
  int piece(int register, boolean isMinimal) {
    int piece = function.virtual();
    (isMinimal ? minimal : pieces).add(piece);
    Integer slot = slots.get(register);
    if (slot != null) {
      slots.put(piece, slot);
    }
    return piece;
  }
}
