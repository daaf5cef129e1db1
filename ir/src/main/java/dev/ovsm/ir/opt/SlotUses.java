package dev.ovsm.ir.opt;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Uses;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are at a known place of a slot of the frame, and which slots have an address that
 * gets out of sight.
 */
final class SlotUses {
  private final Map<Integer, Place> places = new HashMap<>();
  private final Map<Integer, Long> constants = new HashMap<>();
  private final Set<Integer> slots = new HashSet<>();
  private final Set<Integer> escaped = new HashSet<>();
  private final Consumer<Value> escape = this::escape;
  private final Consumer<Terminator.Target> arguments = this::escape;

  /** The byte {@code offset} of the slot that the instruction defining value {@code slot} makes. */
  record Place(int slot, long offset) {}

  SlotUses(Function function) {
    for (int id : Cfg.order(function)) {
      Block block = function.blocks().get(id);
      for (Inst inst : block.insts()) {
        inst(inst);
      }
      Uses.each(block.terminator(), escape);
      Uses.eachTarget(block.terminator(), arguments);
    }
  }

  /** Where an address points; null if that is no known place of a slot. */
  @Nullable Place place(Value address) {
    return places.get(address.id());
  }

  /** Whether the value is the address of a slot that only known places refer to. */
  boolean isPrivate(int slot) {
    return slots.contains(slot) && !escaped.contains(slot);
  }

  private void inst(Inst inst) {
    if (inst instanceof Inst.Const constant) {
      constants.put(constant.result().id(), constant.value());
    } else if (inst instanceof Inst.StackSlot slot) {
      slots.add(slot.result().id());
      places.put(slot.result().id(), new Place(slot.result().id(), 0));
    } else if (inst instanceof Inst.Store store) {
      escape(store.value());
    } else if (inst instanceof Inst.Binary binary && binary.result().type() == Type.PTR) {
      sum(binary);
    } else if (!(inst instanceof Inst.Load)
        && !(inst instanceof Inst.Copy)
        && !(inst instanceof Inst.Zero)) {
      Uses.each(inst, escape);
    }
  }

  private void sum(Inst.Binary binary) {
    Place place = places.get(binary.left().id());
    Long constant = constants.get(binary.right().id());
    if (place == null) {
      return;
    }
    if (constant == null) {
      escape(binary.left());
    } else {
      long offset = binary.op() == BinaryOp.SUB ? -constant : constant;
      places.put(binary.result().id(), new Place(place.slot, place.offset + offset));
    }
  }

  private void escape(Terminator.Target target) {
    target.arguments().forEach(escape);
  }

  private void escape(Value value) {
    Place place = places.get(value.id());
    if (place != null) {
      escaped.add(place.slot);
    }
  }
}
