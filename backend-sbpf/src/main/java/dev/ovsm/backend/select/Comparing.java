package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Jumps on comparisons.
 *
 * <p>Values of all types are kept in a form of which 64 bits can be compared, so that jumps that
 * look at 32 bits save something in two cases only: where a constant would be extended to another
 * number, and where a number is cut to 32 bits for nothing but the comparison. Versions without
 * such jumps do with the others.
 */
final class Comparing {
  private final Emitter out;
  private final Values values;
  private final boolean hasShort;
  private final Set<Integer> uncut = new HashSet<>();

  Comparing(Function function, Version version, Values values, Emitter out) {
    this.out = out;
    this.values = values;
    this.hasShort = version.enableJmp32();
    if (hasShort) {
      function.blocks().forEach(this::scan);
    }
  }

  /** Notes what is cut in a block only to be compared at its end. */
  private void scan(Block block) {
    if (!(block.terminator() instanceof Terminator.Branch branch)) {
      return;
    }
    Map<Integer, Inst> cuts = new HashMap<>();
    for (Inst inst : block.insts()) {
      Value result = inst.result();
      if (result != null && isCut(inst) && values.isUsedOnce(result)) {
        cuts.put(result.id(), inst);
      } else if (inst instanceof Inst.Compare compare
          && compare.result().id() == branch.condition().id()) {
        for (Value operand : inst.operands()) {
          if (cuts.containsKey(operand.id())) {
            uncut.add(operand.id());
          }
        }
      }
    }
  }

  /** Whether an instruction would have its result right in 32 bits before it cuts it to them. */
  private static boolean isCut(Inst inst) {
    if (inst instanceof Inst.Convert convert) {
      return convert.mode() == Mode.WRAP
          && convert.result().type().bits() == 32
          && convert.operand().type().bits() == 64;
    }
    return inst instanceof Inst.Binary binary
        && binary.mode() == Mode.WRAP
        && binary.result().type() == Type.U32
        && (binary.op() == BinaryOp.ADD
            || binary.op() == BinaryOp.SUB
            || binary.op() == BinaryOp.MUL);
  }

  /** Whether only the low 32 bits of a value's register are looked at. */
  boolean isUncut(Value value) {
    return uncut.contains(value.id());
  }

  /** Jumps where {@code op} holds of what was compared. */
  void jump(Inst.Compare compare, Comparison op, Link link) {
    Value left = compare.left();
    Value right = compare.right();
    boolean exchange = values.constant(left) != null && values.constant(right) == null;
    Operation condition = Conditions.of(exchange ? op.swapped() : op, left.type().signed());
    Value first = exchange ? right : left;
    Value second = exchange ? left : right;
    int register = values.register(first);
    Long constant = values.constant(second);
    Long immediate = values.immediate(second);
    boolean isLong = constant != null && immediate == null && second.type() == Type.U32;
    if (hasShort && (isLong || isUncut(first) || isUncut(second))) {
      if (constant == null) {
        out.jumpIf(Family.JUMP32, condition, register, values.register(second), link);
      } else {
        int low = constant.intValue();
        out.jumpIfImm(Family.JUMP32, condition, register, low, link);
      }
    } else if (immediate == null) {
      out.jumpIf(condition, register, values.register(second), link);
    } else {
      out.jumpIfImm(condition, register, immediate, link);
    }
  }
}
