package dev.ovsm.ir.opt;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.ir.flow.Range;
import dev.ovsm.ir.flow.Ranges;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Uses the ranges of values: a check that cannot fail is claimed to be exact, a decided comparison
 * becomes a constant, a mask that masks nothing goes, signed division of natural numbers becomes
 * unsigned.
 */
final class CheckRemoval implements Pass {
  private static final int UNDECIDED = -1;

  @Override
  public Function run(Function function) {
    return new Walk(function).run();
  }

  private static final class Walk {
    private final Function function;
    private final Ranges ranges;
    private final Scope scope;

    Walk(Function function) {
      this.function = function;
      Cfg cfg = Cfg.of(function);
      this.ranges = new Ranges(function, cfg, new Dominators(cfg));
      this.scope = new Scope(function);
    }

    Function run() {
      List<Block> blocks = new ArrayList<>(function.blocks().size());
      for (Block block : function.blocks()) {
        for (Inst inst : block.insts()) {
          scope.add(better(inst, block.id()));
        }
        Terminator end = better(block.terminator(), block.id());
        blocks.add(Rebuild.with(block, scope.take(), end));
      }
      return Rebuild.mapped(Rebuild.with(function, blocks), scope.images);
    }

    private Inst better(Inst inst, int block) {
      if (inst instanceof Inst.Binary binary && binary.result().type().isInteger()) {
        return binary(binary, block);
      }
      if (inst instanceof Inst.Convert convert && convert.mode() == Mode.CHECK) {
        boolean fits = ranges.of(convert.operand(), block).fits(convert.result().type());
        return fits
            ? new Inst.Convert(convert.result(), Mode.EXACT, convert.operand(), convert.span())
            : convert;
      }
      if (inst instanceof Inst.Compare compare) {
        int holds = holds(compare, block);
        return holds < 0 ? compare : new Inst.Const(compare.result(), holds, compare.span());
      }
      return inst;
    }

    /** A comparison made earlier may be decided by what was found out since. */
    private Terminator better(Terminator end, int block) {
      if (end instanceof Terminator.Branch branch
          && scope.definition(branch.condition()) instanceof Inst.Compare compare) {
        int holds = holds(compare, block);
        return holds < 0
            ? end
            : new Terminator.Jump(holds == 0 ? branch.otherwise() : branch.then(), branch.span());
      }
      return end;
    }

    private int holds(Inst.Compare compare, int block) {
      return compare.left().type() == Type.PTR
          ? UNDECIDED
          : ranges.of(compare.left(), block).holds(compare.op(), ranges.of(compare.right(), block));
    }

    private Inst binary(Inst.Binary inst, int block) {
      Range left = ranges.of(inst.left(), block);
      Range right = ranges.of(inst.right(), block);
      return switch (inst.op()) {
        case ADD, MUL -> left.fits(inst.op(), right) ? exact(inst) : inst;
        case SUB -> {
          boolean ordered =
              !inst.result().type().signed() && ranges.isAtLeast(inst.left(), inst.right(), block);
          yield ordered || left.fits(inst.op(), right) ? exact(inst) : inst;
        }
        case DIV, REM -> divide(inst, left, right);
        case AND -> {
          Value kept = unmasked(inst, left, right);
          yield kept == null ? inst : same(inst, kept);
        }
        case OR, XOR, SHL, SHR, MULHI -> inst;
      };
    }

    /** What wraps is left alone: nothing is gained by claiming more. */
    private static Inst exact(Inst.Binary inst) {
      return inst.mode() == Mode.WRAP ? inst : withMode(inst, Mode.EXACT);
    }

    private static Inst withMode(Inst.Binary inst, Mode mode) {
      return new Inst.Binary(
          inst.result(), inst.op(), mode, inst.left(), inst.right(), inst.span());
    }

    private Inst divide(Inst.Binary inst, Range left, Range right) {
      boolean safe = left.fits(inst.op(), right);
      Mode mode = safe ? Mode.EXACT : inst.mode();
      Type type = inst.result().type();
      if (type.signed() && left.isNatural() && right.isNatural()) {
        Type unsigned = unsigned(type);
        Value result = scope.images.fresh(unsigned);
        Value dividend = convert(inst.left(), unsigned, inst);
        Value divisor = convert(inst.right(), unsigned, inst);
        scope.add(new Inst.Binary(result, inst.op(), mode, dividend, divisor, inst.span()));
        return new Inst.Convert(inst.result(), Mode.EXACT, result, inst.span());
      }
      return safe ? withMode(inst, Mode.EXACT) : inst;
    }

    private static Type unsigned(Type type) {
      return switch (type) {
        case I8 -> Type.U8;
        case I16 -> Type.U16;
        case I32 -> Type.U32;
        case I64 -> Type.U64;
        case BOOL, U8, U16, U32, U64, PTR -> type;
      };
    }

    private Value convert(Value value, Type type, Inst inst) {
      Value result = scope.images.fresh(type);
      scope.add(new Inst.Convert(result, Mode.EXACT, value, inst.span()));
      return result;
    }

    /** The operand that a mask of low ones leaves as it is; null if there is none. */
    private @Nullable Value unmasked(Inst.Binary inst, Range left, Range right) {
      if (right.isOnly() && isMask(right.low()) && left.isNatural()) {
        boolean fits = Long.compareUnsigned(left.high(), right.low()) <= 0;
        return fits ? inst.left() : null;
      }
      return null;
    }

    private static boolean isMask(long number) {
      return (number & (number + 1)) == 0;
    }

    private static Inst same(Inst.Binary inst, Value kept) {
      return new Inst.Binary(inst.result(), BinaryOp.OR, Mode.WRAP, kept, kept, inst.span());
    }
  }
}
