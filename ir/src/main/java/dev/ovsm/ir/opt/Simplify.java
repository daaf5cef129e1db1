package dev.ovsm.ir.opt;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Constant folding, algebra and copy propagation, instruction by instruction; branches that are
 * decided become jumps.
 */
final class Simplify implements Pass {
  private final List<Module.Data> data;

  Simplify(Module module) {
    this.data = module.data();
  }

  @Override
  public Function run(Function function) {
    return new Walk(function).run();
  }

  private final class Walk implements Terminator.Visitor<Terminator> {
    private final Function function;
    private final Scope scope;
    private final ArithmeticRules arithmetic;
    private final ComparisonRules comparisons;
    private final ConversionRules conversions;

    Walk(Function function) {
      this.function = function;
      this.scope = new Scope(function);
      this.arithmetic = new ArithmeticRules(scope);
      this.comparisons = new ComparisonRules(scope);
      this.conversions = new ConversionRules(scope);
    }

    Function run() {
      List<Block> blocks = new ArrayList<>(function.blocks());
      for (int id : Cfg.order(function)) {
        Block block = function.blocks().get(id);
        for (Inst inst : block.insts()) {
          inst(scope.images.of(inst));
        }
        Terminator end = scope.images.of(block.terminator()).accept(this);
        blocks.set(id, Rebuild.with(block, scope.take(), end));
      }
      // Arguments of back edges were mapped before their definitions were seen.
      return Rebuild.mapped(Rebuild.ordered(function, blocks), scope.images);
    }

    private void inst(Inst inst) {
      Inst current = inst;
      // Each step makes the instruction simpler; a bound keeps a wrong rule from going in circles.
      for (int step = 0; step < 16; step++) {
        Outcome outcome = simplify(current);
        if (outcome instanceof Outcome.Is is) {
          Value result = current.result();
          if (result != null) {
            scope.images.replace(result, is.value());
          }
          return;
        }
        if (outcome instanceof Outcome.Becomes becomes) {
          current = becomes.inst();
        } else {
          break;
        }
      }
      scope.add(current);
    }

    private @Nullable Outcome simplify(Inst inst) {
      if (inst instanceof Inst.Binary binary) {
        Outcome negation = comparisons.negation(binary);
        return negation == null ? arithmetic.simplify(binary) : negation;
      }
      if (inst instanceof Inst.Compare compare) {
        return comparisons.simplify(compare);
      }
      if (inst instanceof Inst.Convert convert) {
        return conversions.simplify(convert);
      }
      if (inst instanceof Inst.Select select) {
        return comparisons.simplify(select);
      }
      if (inst instanceof Inst.Load load) {
        return load(load);
      }
      return inst instanceof Inst.Store store ? store(store) : null;
    }

    private @Nullable Outcome load(Inst.Load load) {
      Inst address = scope.definition(load.address());
      int offset = load.offset();
      if (address instanceof Inst.DataAddress item) {
        byte[] bytes = data.get(item.data()).bytes();
        Type type = load.result().type();
        if (offset >= 0 && (long) offset + type.bytes() <= bytes.length) {
          long raw = 0;
          for (int i = type.bytes() - 1; i >= 0; i--) {
            raw = raw << 8 | (bytes[offset + i] & 0xff);
          }
          return Outcome.constant(load, type.canonical(raw));
        }
      }
      Long further = further(address, offset);
      if (further != null && address instanceof Inst.Binary sum) {
        return new Outcome.Becomes(
            new Inst.Load(load.result(), sum.left(), further.intValue(), load.span()));
      }
      return null;
    }

    private @Nullable Outcome store(Inst.Store store) {
      Inst address = scope.definition(store.address());
      Long further = further(address, store.offset());
      if (further != null && address instanceof Inst.Binary sum) {
        return new Outcome.Becomes(
            new Inst.Store(sum.left(), further.intValue(), store.value(), store.span()));
      }
      return null;
    }

    /** The offset from the left operand of an address that is a sum; null if there is none. */
    private @Nullable Long further(@Nullable Inst address, int offset) {
      if (address instanceof Inst.Binary sum && sum.left().type() == Type.PTR) {
        Long constant = scope.constant(sum.right());
        if (constant != null && sum.op() == BinaryOp.ADD) {
          long further = constant + offset;
          return further == (int) further ? further : null;
        }
      }
      return null;
    }

    @Override
    public Terminator visit(Terminator.Jump terminator) {
      return terminator;
    }

    @Override
    public Terminator visit(Terminator.Branch terminator) {
      Long condition = scope.constant(terminator.condition());
      if (condition != null) {
        Target taken = condition != 0 ? terminator.then() : terminator.otherwise();
        return new Terminator.Jump(taken, terminator.span());
      }
      if (terminator.then().equals(terminator.otherwise())) {
        return new Terminator.Jump(terminator.then(), terminator.span());
      }
      if (scope.definition(terminator.condition()) instanceof Inst.Binary binary
          && binary.op() == BinaryOp.XOR
          && scope.is(binary.right(), 1)) {
        Target whenTrue = terminator.otherwise();
        Target whenFalse = terminator.then();
        return new Terminator.Branch(binary.left(), whenTrue, whenFalse, terminator.span());
      }
      return terminator;
    }

    @Override
    public Terminator visit(Terminator.Switch terminator) {
      Long value = scope.constant(terminator.value());
      if (value != null) {
        for (Terminator.Case each : terminator.cases()) {
          if (each.constant() == value) {
            return new Terminator.Jump(each.target(), terminator.span());
          }
        }
        return new Terminator.Jump(terminator.otherwise(), terminator.span());
      }
      List<Terminator.Case> cases =
          terminator.cases().stream()
              .filter(each -> !each.target().equals(terminator.otherwise()))
              .toList();
      if (cases.size() == terminator.cases().size()) {
        return terminator;
      }
      return cases.isEmpty()
          ? new Terminator.Jump(terminator.otherwise(), terminator.span())
          : new Terminator.Switch(
              terminator.value(), cases, terminator.otherwise(), terminator.span());
    }

    @Override
    public Terminator visit(Terminator.Return terminator) {
      return terminator;
    }

    @Override
    public Terminator visit(Terminator.Fail terminator) {
      return terminator;
    }

    @Override
    public Terminator visit(Terminator.Unreachable terminator) {
      return terminator;
    }
  }
}
