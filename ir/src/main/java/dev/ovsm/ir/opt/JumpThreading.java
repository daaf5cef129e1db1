package dev.ovsm.ir.opt;

import dev.ovsm.ir.Arithmetic;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Uses;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Leads a jump past a block that only decides where to go on, when the arguments of the jump decide
 * it: past empty blocks, and past branches on a parameter that is a constant there.
 *
 * <p>Values of the block passed must not be used behind it.
 */
final class JumpThreading implements Pass {
  private static final int MOST_STEPS = 32;
  private static final int LONGEST_TEST = 4;

  @Override
  public Function run(Function function) {
    return new Threading(function).run();
  }

  private static final class Threading {
    private final Function function;
    private final @Nullable Long[] constants;

    /** What the block that is looked at has for its parameters and finds; nothing in between. */
    private final @Nullable Value[] bound;

    private final @Nullable Long[] known;

    /** Blocks whose values are used nowhere else and that do nothing but decide. */
    private final boolean[] passable;

    /** The block whose uses are looked at. */
    private int here;

    Threading(Function function) {
      this.function = function;
      this.passable = new boolean[function.blocks().size()];
      int values = new Images(function).size();
      this.constants = new Long[values];
      this.bound = new Value[values];
      this.known = new Long[values];
      boolean[] foreign = foreign(values);
      for (Block block : function.blocks()) {
        for (Inst inst : block.insts()) {
          if (inst instanceof Inst.Const constant) {
            constants[constant.result().id()] = constant.value();
          }
        }
        passable[block.id()] = block.id() != 0 && isPassable(block, foreign);
      }
    }

    /** Values that are used outside the block that defines them. */
    private boolean[] foreign(int values) {
      boolean[] foreign = new boolean[values];
      int[] home = new int[values];
      for (Block block : function.blocks()) {
        for (Value parameter : block.parameters()) {
          home[parameter.id()] = block.id();
        }
        for (Inst inst : block.insts()) {
          Value result = inst.result();
          if (result != null) {
            home[result.id()] = block.id();
          }
        }
      }
      Consumer<Value> note = value -> foreign[value.id()] |= home[value.id()] != here;
      Consumer<Target> arguments = target -> target.arguments().forEach(note);
      for (Block block : function.blocks()) {
        here = block.id();
        for (Inst inst : block.insts()) {
          Uses.each(inst, note);
        }
        Uses.each(block.terminator(), note);
        Uses.eachTarget(block.terminator(), arguments);
      }
      return foreign;
    }

    private static boolean isPassable(Block block, boolean[] foreign) {
      if (block.insts().size() > LONGEST_TEST) {
        return false;
      }
      for (Value parameter : block.parameters()) {
        if (foreign[parameter.id()]) {
          return false;
        }
      }
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        boolean plain = inst instanceof Inst.Const || inst instanceof Inst.Compare;
        if (!plain || result == null || foreign[result.id()]) {
          return false;
        }
      }
      return !block.terminator().targets().isEmpty();
    }

    Function run() {
      List<Block> blocks = new ArrayList<>(function.blocks().size());
      UnaryOperator<Target> thread = this::thread;
      for (Block block : function.blocks()) {
        Terminator end = block.terminator().map(UnaryOperator.identity(), thread);
        blocks.add(Rebuild.with(block, block.insts(), end));
      }
      return Rebuild.ordered(function, blocks);
    }

    private Target thread(Target target) {
      Target at = target;
      for (int step = 0; step < MOST_STEPS && passable[at.block()]; step++) {
        Target next = pass(function.blocks().get(at.block()), at.arguments());
        if (next == null || next.block() == at.block()) {
          break;
        }
        at = next;
      }
      return at;
    }

    /** Where a block goes on with these arguments; null if they do not decide it. */
    private @Nullable Target pass(Block block, List<Value> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        bound[block.parameters().get(i).id()] = arguments.get(i);
      }
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        if (result != null) {
          known[result.id()] = evaluate(inst);
        }
      }
      Target taken = decide(block.terminator());
      Target passed = taken == null ? null : passed(block, taken);
      block.parameters().forEach(parameter -> bound[parameter.id()] = null);
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        if (result != null) {
          known[result.id()] = null;
        }
      }
      return passed;
    }

    /** What a block's target is to those who do not come through the block, if that can be. */
    private @Nullable Target passed(Block block, Target taken) {
      List<Value> passed = new ArrayList<>(taken.arguments().size());
      for (Value argument : taken.arguments()) {
        boolean own = block.insts().stream().anyMatch(inst -> argument.equals(inst.result()));
        if (own) {
          return null;
        }
        passed.add(outside(argument));
      }
      return new Target(taken.block(), passed);
    }

    private @Nullable Long evaluate(Inst inst) {
      if (inst instanceof Inst.Const constant) {
        return constant.value();
      }
      if (inst instanceof Inst.Compare compare) {
        Long left = number(compare.left());
        Long right = number(compare.right());
        if (left != null && right != null) {
          return Arithmetic.holds(compare.op(), compare.left().type(), left, right) ? 1L : 0L;
        }
      }
      return null;
    }

    private @Nullable Long number(Value value) {
      Long own = known[value.id()];
      return own != null ? own : constants[outside(value).id()];
    }

    /** A value as the block is given it. */
    private Value outside(Value value) {
      Value given = bound[value.id()];
      return given != null ? given : value;
    }

    private @Nullable Target decide(Terminator end) {
      if (end instanceof Terminator.Jump jump) {
        return jump.target();
      }
      if (end instanceof Terminator.Branch branch) {
        Long condition = number(branch.condition());
        if (condition != null) {
          return condition != 0 ? branch.then() : branch.otherwise();
        }
      }
      if (end instanceof Terminator.Switch choice) {
        Long value = number(choice.value());
        if (value != null) {
          return choice.cases().stream()
              .filter(each -> each.constant() == value)
              .map(Terminator.Case::target)
              .findFirst()
              .orElse(choice.otherwise());
        }
      }
      return null;
    }
  }
}
