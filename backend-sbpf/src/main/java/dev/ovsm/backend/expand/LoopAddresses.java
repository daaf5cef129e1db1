package dev.ovsm.backend.expand;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.ir.flow.Loops;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The addresses that the turns of loops compute from their counters. */
final class LoopAddresses {
  private final Function function;
  private final Cfg cfg;
  private final Dominators dominators;
  private final Loops loops;
  private final Map<Integer, Inst> definitions = new HashMap<>();
  private final Map<Integer, Integer> homes = new HashMap<>();

  /**
   * {@code base + offset + scale * counter}, with the base from outside the loop.
   *
   * @param counter the index of a parameter of the loop's header
   */
  record Sum(Value base, long offset, int counter, long scale) {}

  LoopAddresses(Function function) {
    this.function = function;
    this.cfg = Cfg.of(function);
    this.dominators = new Dominators(cfg);
    this.loops = new Loops(cfg, dominators);
    for (Block block : function.blocks()) {
      block.parameters().forEach(value -> homes.put(value.id(), block.id()));
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        if (result != null) {
          homes.put(result.id(), block.id());
          definitions.put(result.id(), inst);
        }
      }
    }
  }

  List<Loops.Loop> loops() {
    return loops.all();
  }

  int[] predecessors(int block) {
    return cfg.predecessors(block);
  }

  /** The number that a value always is; null if that is not known. */
  @Nullable Long constant(Value value) {
    return definitions.get(value.id()) instanceof Inst.Const constant ? constant.value() : null;
  }

  /** The sums that each turn of a loop computes, and where. */
  Map<Sum, List<Inst.Binary>> sums(Loops.Loop loop) {
    Map<Sum, List<Inst.Binary>> sums = new LinkedHashMap<>();
    for (int id : loop.blocks()) {
      if (isPassed(id, loop)) {
        for (Inst inst : function.blocks().get(id).insts()) {
          Sum sum = inst instanceof Inst.Binary binary ? sum(binary, loop) : null;
          if (sum != null) {
            sums.computeIfAbsent(sum, s -> new ArrayList<>()).add((Inst.Binary) inst);
          }
        }
      }
    }
    return sums;
  }

  /** The only block that enters a loop, if it does nothing else at its end; or else -1. */
  int entering(Loops.Loop loop) {
    int entering = -1;
    for (int predecessor : cfg.predecessors(loop.header())) {
      if (!isInside(predecessor, loop)) {
        boolean jumps =
            entering < 0
                && function.blocks().get(predecessor).terminator() instanceof Terminator.Jump;
        entering = jumps ? predecessor : Integer.MAX_VALUE;
      }
    }
    return entering == Integer.MAX_VALUE ? -1 : entering;
  }

  private boolean isInside(int block, Loops.Loop loop) {
    int at = loops.innermost(block);
    while (at > loop.index()) {
      at = loops.all().get(at).parent();
    }
    return at == loop.index();
  }

  /** Whether each turn of the loop passes a block, and once. */
  private boolean isPassed(int block, Loops.Loop loop) {
    if (loops.innermost(block) != loop.index()) {
      return false;
    }
    for (int latch : cfg.predecessors(loop.header())) {
      if (isInside(latch, loop) && !dominators.dominates(block, latch)) {
        return false;
      }
    }
    return true;
  }

  private boolean isOutside(Value value, Loops.Loop loop) {
    return !isInside(homes.getOrDefault(value.id(), 0), loop);
  }

  private @Nullable Sum sum(Inst.Binary binary, Loops.Loop loop) {
    if (binary.op() != BinaryOp.ADD || binary.result().type() != Type.PTR) {
      return null;
    }
    long offset = 0;
    Value base = binary.left();
    while (!isOutside(base, loop) && definitions.get(base.id()) instanceof Inst.Binary inner) {
      Long distance = distance(inner);
      if (distance == null) {
        break;
      }
      offset += distance;
      base = inner.left();
    }
    boolean isRegister = !(definitions.get(base.id()) instanceof Inst.StackSlot);
    return isOutside(base, loop) && isRegister ? scaled(base, offset, binary.right(), loop) : null;
  }

  /** The constant that is added to an address; null if that is not what is done. */
  private @Nullable Long distance(Inst.Binary binary) {
    boolean adds = binary.op() == BinaryOp.ADD && binary.result().type() == Type.PTR;
    return adds ? constant(binary.right()) : null;
  }

  /** The counter behind an index, widened and multiplied; none of that may fail or wrap early. */
  private @Nullable Sum scaled(Value base, long offset, Value index, Loops.Loop loop) {
    long scale = 1;
    Value at = index;
    while (!isOutside(at, loop)) {
      Inst inst = definitions.get(at.id());
      Long factor = inst instanceof Inst.Binary binary ? factor(binary) : null;
      boolean keeps = inst instanceof Inst.Convert convert && keeps(convert);
      if (inst == null || (factor == null && !keeps)) {
        break;
      }
      scale *= factor == null ? 1 : factor;
      at = inst.operands().get(0);
    }
    int counter = function.blocks().get(loop.header()).parameters().indexOf(at);
    return counter < 0 ? null : new Sum(base, offset, counter, scale);
  }

  /** Whether the result is the same 64 bits as the operand. */
  private static boolean keeps(Inst.Convert convert) {
    Type from = convert.operand().type();
    boolean widens = !from.signed() && from.fitsIn(convert.result().type());
    return widens || (from.bits() == 64 && convert.mode() != Mode.CHECK);
  }

  /** What a multiplication modulo 2^64 multiplies with; null if it is none. */
  private @Nullable Long factor(Inst.Binary binary) {
    Long constant = constant(binary.right());
    if (constant == null || binary.mode() == Mode.CHECK || binary.result().type() != Type.U64) {
      return null;
    }
    return switch (binary.op()) {
      case MUL -> constant;
      case SHL -> 1L << (constant & 63);
      case ADD, SUB, DIV, REM, AND, OR, XOR, SHR, MULHI -> null;
    };
  }

  /** What every way back to the header adds to a counter; null if that is no constant. */
  @Nullable Long step(Loops.Loop loop, int counter) {
    Value parameter = function.blocks().get(loop.header()).parameters().get(counter);
    Long step = null;
    for (int latch : cfg.predecessors(loop.header())) {
      for (Target target : function.blocks().get(latch).terminator().targets()) {
        if (target.block() == loop.header() && isInside(latch, loop)) {
          Long growth = growth(parameter, target.arguments().get(counter));
          if (growth == null || (step != null && !step.equals(growth))) {
            return null;
          }
          step = growth;
        }
      }
    }
    return step;
  }

  /** The constant that is added to a counter; null if it is none, or if the sum may wrap early. */
  private @Nullable Long growth(Value counter, Value next) {
    return definitions.get(next.id()) instanceof Inst.Binary sum
            && sum.op() == BinaryOp.ADD
            && sum.left().equals(counter)
            && (sum.mode() != Mode.WRAP || counter.type().bits() == 64)
        ? constant(sum.right())
        : null;
  }

  /** Whether nothing in a loop wants an address but the sums. */
  boolean isWantedOnlyBy(Value base, List<Inst.Binary> sums, Loops.Loop loop) {
    for (int id : loop.blocks()) {
      Block block = function.blocks().get(id);
      for (Inst inst : block.insts()) {
        if (inst.operands().contains(base) && !sums.contains(inst)) {
          boolean adds = inst instanceof Inst.Binary binary && distance(binary) != null;
          Value result = inst.result();
          if (!adds || result == null || !isWantedOnlyBy(result, sums, loop)) {
            return false;
          }
        }
      }
      Terminator end = block.terminator();
      if (end.operands().contains(base)
          || end.targets().stream().anyMatch(target -> target.arguments().contains(base))) {
        return false;
      }
    }
    return true;
  }
}
