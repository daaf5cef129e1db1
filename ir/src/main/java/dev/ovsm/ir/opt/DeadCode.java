package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Uses;
import dev.ovsm.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Drops instructions and block parameters whose values nothing needs. */
final class DeadCode implements Pass {
  @Override
  public Function run(Function function) {
    return new Marking(function).sweep();
  }

  private static final class Marking {
    private final Function function;
    private final boolean[] needed;
    private final @Nullable Inst[] definitions;

    /** The arguments that arrive as block parameters, those of one parameter together. */
    private final List<Value> arriving;

    /** Where the arguments of a parameter begin; they end where those of the next value begin. */
    private final int[] begin;

    private final Deque<Value> work = new ArrayDeque<>();
    private final Consumer<Value> need = this::need;

    Marking(Function function) {
      this.function = function;
      int size = new Images(function).size();
      this.needed = new boolean[size];
      this.definitions = new Inst[size];
      this.begin = new int[size + 1];
      this.arriving = arriving();
      for (Block block : function.blocks()) {
        scan(block);
      }
      mark();
    }

    private void scan(Block block) {
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        if (result != null) {
          definitions[result.id()] = inst;
        }
        if (!Effects.of(inst).isDroppable()) {
          Uses.each(inst, need);
        }
      }
      Uses.each(block.terminator(), need);
    }

    private List<Value> arriving() {
      Consumer<Target> count =
          target -> {
            List<Value> parameters = function.blocks().get(target.block()).parameters();
            for (int i = 0; i < parameters.size(); i++) {
              begin[parameters.get(i).id()]++;
            }
          };
      for (Block block : function.blocks()) {
        Uses.eachTarget(block.terminator(), count);
      }
      for (int i = 1; i < begin.length; i++) {
        begin[i] += begin[i - 1];
      }
      @Nullable Value[] arguments = new Value[begin[begin.length - 1]];
      Consumer<Target> note =
          target -> {
            List<Value> parameters = function.blocks().get(target.block()).parameters();
            for (int i = 0; i < parameters.size(); i++) {
              arguments[--begin[parameters.get(i).id()]] = target.arguments().get(i);
            }
          };
      for (Block block : function.blocks()) {
        Uses.eachTarget(block.terminator(), note);
      }
      return Arrays.asList(arguments);
    }

    private void need(Value value) {
      if (!needed[value.id()]) {
        needed[value.id()] = true;
        work.add(value);
      }
    }

    private void mark() {
      while (!work.isEmpty()) {
        Value value = work.remove();
        Inst definition = definitions[value.id()];
        if (definition != null && Effects.of(definition).isDroppable()) {
          Uses.each(definition, need);
        }
        for (int i = begin[value.id()]; i < begin[value.id() + 1]; i++) {
          need(arriving.get(i));
        }
      }
    }

    Function sweep() {
      List<Block> blocks = new ArrayList<>(function.blocks().size());
      UnaryOperator<Target> kept = this::arguments;
      for (Block block : function.blocks()) {
        List<Inst> insts = new ArrayList<>(block.insts().size());
        for (Inst inst : block.insts()) {
          Value result = inst.result();
          if (result == null || needed[result.id()]) {
            insts.add(inst);
          } else if (!Effects.of(inst).isDroppable()) {
            insts.add(withoutResult(inst));
          }
        }
        List<Value> parameters = block.id() == 0 ? block.parameters() : needed(block.parameters());
        Terminator end = block.terminator().map(UnaryOperator.identity(), kept);
        blocks.add(Rebuild.with(block, parameters, insts, end));
      }
      return Rebuild.with(function, blocks);
    }

    private List<Value> needed(List<Value> values) {
      if (values.isEmpty()) {
        return values;
      }
      List<Value> kept = new ArrayList<>(values.size());
      for (Value value : values) {
        if (needed[value.id()]) {
          kept.add(value);
        }
      }
      return kept.size() == values.size() ? values : kept;
    }

    private Target arguments(Target target) {
      List<Value> parameters = function.blocks().get(target.block()).parameters();
      if (parameters.isEmpty()) {
        return target;
      }
      List<Value> kept = new ArrayList<>(parameters.size());
      for (int i = 0; i < parameters.size(); i++) {
        if (needed[parameters.get(i).id()]) {
          kept.add(target.arguments().get(i));
        }
      }
      return kept.size() == parameters.size() ? target : new Target(target.block(), kept);
    }

    private static Inst withoutResult(Inst inst) {
      if (inst instanceof Inst.Call call) {
        return new Inst.Call(null, call.function(), call.arguments(), call.span());
      }
      if (inst instanceof Inst.Syscall call) {
        return new Inst.Syscall(null, call.name(), call.arguments(), call.span());
      }
      return inst;
    }
  }
}
