package dev.ovsm.ir.build;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns drafts into SSA form in three steps: where variables need block parameters, which value
 * each read stands for, and the final numbering.
 */
final class Construction {
  private final String name;
  private final @Nullable Type result;
  private final List<Draft> drafts;
  private final List<Variable> variables;
  private final Span span;
  private final Cfg cfg;
  private final Dominators dominators;

  /** For each block the variables that arrive as parameters, after the explicit ones. */
  private final List<List<Variable>> merged;

  private final List<List<Value>> mergedValues = new ArrayList<>();
  private final List<List<Target>> targets = new ArrayList<>();

  /** What a handed-out value stands for, by its number; itself if null. */
  private @Nullable Value[] images;

  private int values;

  Construction(
      String name,
      @Nullable Type result,
      List<Draft> drafts,
      List<Variable> variables,
      int values,
      Span span) {
    this.name = name;
    this.result = result;
    this.drafts = drafts;
    this.variables = variables;
    this.values = values;
    this.span = span;
    this.cfg = Cfg.of(drafts.stream().map(draft -> draft.terminator).toList());
    this.dominators = new Dominators(cfg);
    this.merged = new Merges(drafts, variables.size(), cfg, dominators).find();
    this.images = new Value[values];
  }

  Function run() {
    for (int block : cfg.order()) {
      if (!drafts.get(block).ended) {
        throw new IllegalStateException("block " + block + " of " + name + " has no terminator");
      }
    }
    for (int block = 0; block < drafts.size(); block++) {
      List<Value> fresh = new ArrayList<>();
      for (Variable variable : merged.get(block)) {
        fresh.add(new Value(values++, variable.type()));
      }
      mergedValues.add(fresh);
      targets.add(List.of());
    }
    rename();
    return number();
  }

  /** Walks the dominator tree with the values that the variables hold, undone on the way back. */
  private void rename() {
    @Nullable Value[] held = new Value[variables.size()];
    List<Undo> undo = new ArrayList<>();
    int[] marks = new int[drafts.size()];
    List<Integer> path = new ArrayList<>();
    for (int block : dominators.preorder()) {
      while (!path.isEmpty() && path.get(path.size() - 1) != dominators.parent(block)) {
        int left = path.remove(path.size() - 1);
        while (undo.size() > marks[left]) {
          Undo last = undo.remove(undo.size() - 1);
          held[last.variable] = last.before;
        }
      }
      path.add(block);
      marks[block] = undo.size();
      for (int i = 0; i < merged.get(block).size(); i++) {
        assign(held, undo, merged.get(block).get(i), mergedValues.get(block).get(i));
      }
      for (Draft.Step step : drafts.get(block).steps) {
        if (step instanceof Draft.Write write) {
          assign(held, undo, write.variable(), image(write.value()));
        } else if (step instanceof Draft.Read read) {
          images[read.result().id()] = held(held, read.variable());
        }
      }
      targets.set(block, complete(drafts.get(block).terminator, held));
    }
  }

  private static void assign(
      @Nullable Value[] held, List<Undo> undo, Variable variable, Value value) {
    undo.add(new Undo(variable.id(), held[variable.id()]));
    held[variable.id()] = value;
  }

  /** The terminator's targets with the values of merged variables behind the explicit arguments. */
  private List<Target> complete(Terminator terminator, @Nullable Value[] held) {
    List<Target> completed = new ArrayList<>();
    for (Target target : terminator.targets()) {
      List<Value> arguments = new ArrayList<>(target.arguments());
      for (Variable variable : merged.get(target.block())) {
        arguments.add(held(held, variable));
      }
      completed.add(new Target(target.block(), arguments));
    }
    return completed;
  }

  private Value held(@Nullable Value[] held, Variable variable) {
    Value value = held[variable.id()];
    if (value == null) {
      throw new IllegalStateException(variable.name() + " of " + name + " is read before written");
    }
    return value;
  }

  private Value image(Value value) {
    Value image = value.id() < images.length ? images[value.id()] : null;
    return image == null ? value : image;
  }

  /** Rebuilds the reachable blocks in order, with dense numbers for blocks and values. */
  private Function number() {
    @Nullable Value[] numbered = new Value[values];
    int count = 0;
    for (int block : cfg.order()) {
      for (Value parameter : parameters(block)) {
        numbered[parameter.id()] = new Value(count++, parameter.type());
      }
      for (Draft.Step step : drafts.get(block).steps) {
        if (step instanceof Draft.Emit emit) {
          Value defined = emit.inst().result();
          if (defined != null) {
            numbered[defined.id()] = new Value(count++, defined.type());
          }
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    for (int block : cfg.order()) {
      List<Inst> insts = new ArrayList<>();
      for (Draft.Step step : drafts.get(block).steps) {
        if (step instanceof Draft.Emit emit) {
          insts.add(emit.inst().map(v -> last(numbered, v), v -> last(numbered, v)));
        }
      }
      List<Value> parameters = parameters(block).stream().map(v -> last(numbered, v)).toList();
      blocks.add(new Block(blocks.size(), parameters, insts, terminator(block, numbered)));
    }
    return new Function(name, result, blocks, span);
  }

  private List<Value> parameters(int block) {
    List<Value> all = new ArrayList<>(drafts.get(block).parameters);
    all.addAll(mergedValues.get(block));
    return all;
  }

  private Terminator terminator(int block, @Nullable Value[] numbered) {
    List<Target> completed = targets.get(block);
    int[] next = {0};
    return drafts
        .get(block)
        .terminator
        .map(
            v -> last(numbered, v),
            ignored -> {
              Target target = completed.get(next[0]++).map(v -> last(numbered, v));
              return new Target(cfg.position(target.block()), target.arguments());
            });
  }

  private Value last(@Nullable Value[] numbered, Value value) {
    Value number = numbered[image(value).id()];
    if (number == null) {
      throw new IllegalStateException(value + " of " + name + " is used where nothing defines it");
    }
    return number;
  }

  private record Undo(int variable, @Nullable Value before) {}
}
