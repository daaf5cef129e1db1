package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

    /** Of each block parameter, the arguments that arrive as it. */
    private final List<List<Value>> arriving = new ArrayList<>();

    private final Deque<Value> work = new ArrayDeque<>();

    Marking(Function function) {
      this.function = function;
      int size = new Images(function).size();
      this.needed = new boolean[size];
      this.definitions = new Inst[size];
      for (int i = 0; i < size; i++) {
        arriving.add(List.of());
      }
      for (Block block : function.blocks()) {
        if (block.id() != 0) {
          block.parameters().forEach(p -> arriving.set(p.id(), new ArrayList<>()));
        }
      }
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
          inst.operands().forEach(this::need);
        }
      }
      block.terminator().operands().forEach(this::need);
      for (Target target : block.terminator().targets()) {
        List<Value> parameters = function.blocks().get(target.block()).parameters();
        for (int i = 0; i < parameters.size(); i++) {
          arriving.get(parameters.get(i).id()).add(target.arguments().get(i));
        }
      }
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
          definition.operands().forEach(this::need);
        }
        arriving.get(value.id()).forEach(this::need);
      }
    }

    Function sweep() {
      List<Block> blocks = new ArrayList<>(function.blocks().size());
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
        Terminator end = block.terminator().map(UnaryOperator.identity(), this::arguments);
        blocks.add(new Block(block.id(), parameters, insts, end));
      }
      return new Function(function.name(), function.result(), blocks, function.span());
    }

    private List<Value> needed(List<Value> values) {
      return values.stream().filter(value -> needed[value.id()]).toList();
    }

    private Target arguments(Target target) {
      List<Value> parameters = function.blocks().get(target.block()).parameters();
      List<Value> kept = new ArrayList<>();
      for (int i = 0; i < parameters.size(); i++) {
        if (needed[parameters.get(i).id()]) {
          kept.add(target.arguments().get(i));
        }
      }
      return new Target(target.block(), kept);
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
