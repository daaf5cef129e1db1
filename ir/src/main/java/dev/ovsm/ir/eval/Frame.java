package dev.ovsm.ir.eval;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One activation of a function: its values, its slots and where it stands. */
final class Frame {
  /** Where the caller wants the result, or null. */
  final @Nullable Value wanted;

  final Function function;
  final Map<Integer, Long> slots = new HashMap<>();
  private final Map<Integer, Long> values = new HashMap<>();
  Block block;
  int next;

  /** What the instruction that is executed stands for in the source. */
  Span place;

  /** The end of the slots: the next frame starts there. */
  long top;

  Frame(Function function, List<Long> arguments, @Nullable Value wanted, long base) {
    this.function = function;
    this.wanted = wanted;
    this.block = function.blocks().get(0);
    this.place = function.span();
    this.top = base;
    for (int i = 0; i < arguments.size(); i++) {
      set(function.parameters().get(i), arguments.get(i));
    }
    for (Block each : function.blocks()) {
      for (Inst inst : each.insts()) {
        if (inst instanceof Inst.StackSlot slot) {
          slots.put(slot.result().id(), top);
          top += (slot.bytes() + 7) / 8 * 8L;
        }
      }
    }
  }

  void set(Value value, long number) {
    values.put(value.id(), number);
  }

  long get(Value value) {
    Long number = values.get(value.id());
    if (number == null) {
      throw new IllegalStateException(value + " of " + function.name() + " has no value");
    }
    return number;
  }

  List<Long> get(List<Value> list) {
    return list.stream().map(this::get).toList();
  }

  /** Goes to a block; all arguments are read before a parameter is written. */
  void go(Target target) {
    List<Long> arguments = get(target.arguments());
    block = function.blocks().get(target.block());
    next = 0;
    for (int i = 0; i < arguments.size(); i++) {
      set(block.parameters().get(i), arguments.get(i));
    }
  }
}
