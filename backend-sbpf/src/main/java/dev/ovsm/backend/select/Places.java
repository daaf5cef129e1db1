package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.Opcodes;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds addresses that need no register of their own because every use is a memory operand that can
 * take base and offset: slots of the frame, and sums of an address and a constant.
 */
final class Places {
  private final Map<Integer, Long> constants;
  private final Map<Integer, Uses> uses = new HashMap<>();
  private final Map<Integer, Place> places = new HashMap<>();

  /**
   * What an address is: {@code offset} bytes behind the value {@code base}, or behind the start of
   * a slot of the frame if there is none.
   */
  record Place(@Nullable Value base, int slot, long offset) {
    Place plus(long bytes) {
      return new Place(base, slot, offset + bytes);
    }
  }

  /** Decides for every address of a function; {@code slots} gives each stack slot its number. */
  Places(
      Function function,
      Cfg cfg,
      Map<Integer, Long> constants,
      ToIntFunction<Inst.StackSlot> slots) {
    this.constants = constants;
    collect(function, cfg);
    for (int id : cfg.order()) {
      for (Inst inst : function.blocks().get(id).insts()) {
        if (inst instanceof Inst.StackSlot slot) {
          places.put(slot.result().id(), new Place(null, slots.applyAsInt(slot), 0));
        } else if (inst instanceof Inst.Binary binary) {
          decide(binary);
        }
      }
    }
  }

  /** The place of an address that has no register of its own; null if it has one. */
  @Nullable Place find(Value address) {
    return places.get(address.id());
  }

  /** Where an address points: its place, or the address itself. */
  Place of(Value address) {
    Place place = places.get(address.id());
    return place == null ? new Place(address, -1, 0) : place;
  }

  private void collect(Function function, Cfg cfg) {
    for (int id : cfg.order()) {
      Block block = function.blocks().get(id);
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Load load) {
          uses(load.address()).memory(load.offset(), load.offset());
        } else if (inst instanceof Inst.Store store) {
          uses(store.address()).memory(store.offset(), store.offset());
          uses(store.value()).number = true;
        } else if (inst instanceof Inst.Copy copy && BlockMoves.isInline(copy)) {
          uses(copy.target()).memory(0, copy.bytes());
          uses(copy.source()).memory(0, copy.bytes());
        } else if (inst instanceof Inst.Zero zero && BlockMoves.isInline(zero)) {
          uses(zero.target()).memory(0, zero.bytes());
        } else if (offset(inst) == null) {
          inst.operands().forEach(used -> uses(used).number = true);
        }
      }
      Terminator end = block.terminator();
      end.operands().forEach(used -> uses(used).number = true);
      for (Terminator.Target target : end.targets()) {
        target.arguments().forEach(used -> uses(used).number = true);
      }
    }
  }

  private Uses uses(Value value) {
    return uses.computeIfAbsent(value.id(), id -> new Uses());
  }

  /** The constant that an instruction adds to an address, or null if it does something else. */
  private @Nullable Long offset(Inst inst) {
    if (inst instanceof Inst.Binary binary && binary.left().type() == Type.PTR) {
      Long constant = constants.get(binary.right().id());
      if (constant != null) {
        return binary.op() == BinaryOp.SUB ? -constant : constant;
      }
    }
    return null;
  }

  private void decide(Inst.Binary binary) {
    Long offset = offset(binary);
    if (offset == null) {
      return;
    }
    Place place = of(binary.left()).plus(offset);
    Uses used = uses(binary.result());
    boolean repeatable = place.base() == null && Opcodes.fits(place.offset());
    boolean foldable = !used.number && isShort(place.offset() + used.least);
    if (repeatable || (foldable && isShort(place.offset() + used.most))) {
      places.put(binary.result().id(), place);
    }
  }

  private static boolean isShort(long offset) {
    return offset == (short) offset;
  }

  /** The stack slots of a function in the order of its blocks. */
  static List<Inst.StackSlot> slots(Function function, Cfg cfg) {
    List<Inst.StackSlot> slots = new ArrayList<>();
    for (int id : cfg.order()) {
      for (Inst inst : function.blocks().get(id).insts()) {
        if (inst instanceof Inst.StackSlot slot) {
          slots.add(slot);
        }
      }
    }
    return slots;
  }

  /** How a value is used: as a number, and with which offsets as a memory operand. */
  private static final class Uses {
    boolean number;
    int least;
    int most;

    void memory(int from, int to) {
      least = Math.min(least, from);
      most = Math.max(most, to);
    }
  }
}
