package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Uses;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Drops unreachable blocks, joins a block with its only successor that has no other predecessor,
 * and drops parameters that are the same value on every way.
 */
final class ControlFlow implements Pass {
  private static final boolean[] NONE = {};

  @Override
  public Function run(Function function) {
    Cfg graph = Cfg.of(function);
    Function ordered = Rebuild.ordered(function, graph.order());
    Cfg cfg = ordered.equals(function) ? graph : Cfg.of(ordered);
    // No edge goes when a parameter does.
    return join(parameters(ordered, cfg), cfg);
  }

  /** Removes parameters whose arguments are all one value, or the parameter itself. */
  private static Function parameters(Function function, Cfg cfg) {
    Images images = new Images();
    List<Block> blocks = function.blocks();
    boolean[][] dropped = new boolean[blocks.size()][];
    boolean any = false;
    List<Target> arriving = new ArrayList<>();
    // Forward order sees most chains of such parameters in one go; what is left waits for the next.
    for (int id : cfg.order()) {
      List<Value> parameters = blocks.get(id).parameters();
      dropped[id] = parameters.isEmpty() ? NONE : new boolean[parameters.size()];
      if (id == 0 || parameters.isEmpty()) {
        continue;
      }
      arriving.clear();
      int last = -1;
      for (int predecessor : cfg.predecessors(id)) {
        if (predecessor == last) {
          continue;
        }
        last = predecessor;
        Uses.eachTarget(
            blocks.get(predecessor).terminator(),
            target -> {
              if (target.block() == id) {
                arriving.add(target);
              }
            });
      }
      for (int i = 0; i < parameters.size(); i++) {
        Value same = same(parameters.get(i), i, arriving, images);
        if (!same.equals(parameters.get(i))) {
          images.replace(parameters.get(i), same);
          dropped[id][i] = true;
          any = true;
        }
      }
    }
    return any ? without(function, dropped, images) : function;
  }

  private static Value same(Value parameter, int index, List<Target> arriving, Images images) {
    Value only = parameter;
    for (Target target : arriving) {
      Value argument = images.of(target.arguments().get(index));
      if (!argument.equals(parameter) && !argument.equals(only)) {
        if (!only.equals(parameter)) {
          return parameter;
        }
        only = argument;
      }
    }
    return only;
  }

  private static Function without(Function function, boolean[][] dropped, Images images) {
    List<Block> blocks = new ArrayList<>();
    for (Block block : function.blocks()) {
      List<Value> parameters = kept(block.parameters(), dropped[block.id()]);
      Terminator end =
          block
              .terminator()
              .map(
                  UnaryOperator.identity(),
                  target ->
                      new Target(
                          target.block(), kept(target.arguments(), dropped[target.block()])));
      blocks.add(new Block(block.id(), parameters, block.insts(), end));
    }
    Function draft = new Function(function.name(), function.result(), blocks, function.span());
    return Rebuild.mapped(draft, images);
  }

  private static List<Value> kept(List<Value> values, boolean[] dropped) {
    List<Value> kept = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      if (!dropped[i]) {
        kept.add(values.get(i));
      }
    }
    return kept;
  }

  private static Function join(Function function, Cfg cfg) {
    Images images = new Images();
    List<Block> blocks = new ArrayList<>(function.blocks());
    boolean any = false;
    for (int id : cfg.order()) {
      Block block = blocks.get(id);
      List<Inst> insts = null;
      while (block.terminator() instanceof Terminator.Jump jump) {
        int next = jump.target().block();
        if (cfg.predecessors(next).length != 1 || next == id || next == 0) {
          break;
        }
        Block joined = blocks.get(next);
        for (int i = 0; i < joined.parameters().size(); i++) {
          images.replace(joined.parameters().get(i), jump.target().arguments().get(i));
        }
        if (insts == null) {
          insts = new ArrayList<>(block.insts());
        }
        any = true;
        insts.addAll(joined.insts());
        block = new Block(id, block.parameters(), List.of(), joined.terminator());
        // Nothing jumps there any more; the walk may still pass it.
        blocks.set(
            next, new Block(next, List.of(), List.of(), new Terminator.Unreachable(jump.span())));
      }
      if (insts != null) {
        blocks.set(id, new Block(id, block.parameters(), insts, block.terminator()));
      }
    }
    return any ? Rebuild.mapped(Rebuild.ordered(function, blocks), images) : function;
  }
}
