package dev.ovsm.ir.flow;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers each integer value of a function may be, as far as its own operations and the
 * branches on the way tell; for one function without regard to its callers.
 */
public final class Ranges {
  /** From this turn on a loop's variable that still grows is given up on that side. */
  private static final int PATIENCE = 3;

  private static final int MOST_TURNS = 24;

  /** Turns that only make ranges smaller again. */
  private static final int NARROWING = 2;

  private static final int MOST_FACTS = 24;

  private final Function function;
  private final Cfg cfg;
  private final Dominators dominators;
  private final @Nullable Range[] ranges;
  private final List<List<Fact>> facts;

  /** In {@code block} and all it dominates, the value stands in a relation to another. */
  private record Fact(int block, Comparison op, Value other) {}

  public Ranges(Function function, Cfg cfg, Dominators dominators) {
    this.function = function;
    this.cfg = cfg;
    this.dominators = dominators;
    int values = values(function);
    this.ranges = new Range[values];
    this.facts = new ArrayList<>(Collections.nCopies(values, List.of()));
    collectFacts(values);
    if (!hasLoops()) {
      // Every argument is known when its parameter is looked at: nothing changes any more.
      turn(false, false);
      return;
    }
    boolean grows = true;
    for (int turn = 0; grows && turn < MOST_TURNS; turn++) {
      grows = turn(turn >= PATIENCE, false);
    }
    if (grows) {
      Arrays.fill(ranges, null);
      function.blocks().forEach(block -> block.parameters().forEach(this::giveUp));
      turn(false, false);
    }
    for (int turn = 0; turn < NARROWING; turn++) {
      turn(false, true);
    }
  }

  private static int values(Function function) {
    int values = 0;
    for (Block block : function.blocks()) {
      for (Value parameter : block.parameters()) {
        values = Math.max(values, parameter.id() + 1);
      }
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        values = result == null ? values : Math.max(values, result.id() + 1);
      }
    }
    return values;
  }

  private boolean hasLoops() {
    for (int id : cfg.order()) {
      for (int successor : cfg.successors(id)) {
        if (cfg.position(successor) <= cfg.position(id)) {
          return true;
        }
      }
    }
    return false;
  }

  private void giveUp(Value value) {
    ranges[value.id()] = Range.all(value.type());
  }

  private Range known(Value value, Type type) {
    Range range = ranges[value.id()];
    return range == null ? Range.all(type) : range;
  }

  /** The numbers that a value may be where a block runs. */
  public Range of(Value value, int block) {
    Range range = known(value, value.type());
    List<Fact> told = facts.get(value.id());
    if (told.isEmpty()) {
      return range;
    }
    for (Fact fact : told) {
      if (dominators.dominates(fact.block, block)) {
        range = range.where(fact.op, known(fact.other, value.type()));
      }
    }
    return range;
  }

  /** Whether the way to a block says that one value is at least another. */
  public boolean isAtLeast(Value value, Value other, int block) {
    for (Fact fact : facts.get(value.id())) {
      boolean says =
          fact.op == Comparison.GE || fact.op == Comparison.GT || fact.op == Comparison.EQ;
      if (says && fact.other.equals(other) && dominators.dominates(fact.block, block)) {
        return true;
      }
    }
    return false;
  }

  private void collectFacts(int values) {
    Inst.@Nullable Compare[] comparisons = new Inst.Compare[values];
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Compare compare) {
          comparisons[compare.result().id()] = compare;
        }
      }
    }
    for (int id : cfg.order()) {
      if (function.blocks().get(id).terminator() instanceof Terminator.Branch branch) {
        Inst.Compare compare = comparisons[branch.condition().id()];
        if (compare != null && branch.then().block() != branch.otherwise().block()) {
          learn(branch.then().block(), compare, compare.op());
          learn(branch.otherwise().block(), compare, compare.op().negated());
        }
      }
    }
  }

  /** A block with one way in knows why it is reached. */
  private void learn(int block, Inst.Compare compare, Comparison op) {
    if (cfg.predecessors(block).length == 1) {
      add(compare.left(), new Fact(block, op, compare.right()));
      add(compare.right(), new Fact(block, op.swapped(), compare.left()));
    }
  }

  private void add(Value value, Fact fact) {
    List<Fact> list = facts.get(value.id());
    if (list.isEmpty()) {
      list = new ArrayList<>();
      facts.set(value.id(), list);
    }
    if (list.size() < MOST_FACTS) {
      list.add(fact);
    }
  }

  /** Goes over all blocks once and tells whether a parameter's range changed. */
  private boolean turn(boolean widens, boolean narrows) {
    boolean changed = false;
    for (int id : cfg.order()) {
      Block block = function.blocks().get(id);
      for (int i = 0; i < block.parameters().size(); i++) {
        changed |= parameter(block, i, widens, narrows);
      }
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        if (result != null) {
          ranges[result.id()] = evaluate(inst, result, id);
        }
      }
    }
    return changed;
  }

  private boolean parameter(Block block, int index, boolean widens, boolean narrows) {
    Value parameter = block.parameters().get(index);
    Range before = ranges[parameter.id()];
    Range after = block.id() == 0 ? Range.all(parameter.type()) : null;
    for (int predecessor : cfg.predecessors(block.id())) {
      Terminator end = function.blocks().get(predecessor).terminator();
      if (end instanceof Terminator.Jump jump) {
        after = union(after, jump.target().arguments().get(index), predecessor);
        continue;
      }
      for (Target target : end.targets()) {
        if (target.block() == block.id()) {
          after = union(after, target.arguments().get(index), predecessor);
        }
      }
    }
    if (after == null) {
      return false;
    }
    if (before != null && !narrows) {
      after = before.union(after);
      if (widens) {
        long low = after.low() == before.low() ? after.low() : parameter.type().min();
        long high = after.high() == before.high() ? after.high() : parameter.type().max();
        after = new Range(parameter.type(), low, high);
      }
    }
    ranges[parameter.id()] = after;
    return !after.equals(before);
  }

  /** With an argument that has no range yet left out: no way through it was seen so far. */
  private @Nullable Range union(@Nullable Range range, Value argument, int block) {
    if (ranges[argument.id()] == null) {
      return range;
    }
    Range arriving = of(argument, block);
    return range == null ? arriving : range.union(arriving);
  }

  private Range evaluate(Inst inst, Value result, int block) {
    Type type = result.type();
    if (inst instanceof Inst.Const constant) {
      return Range.only(type, constant.value());
    }
    if (inst instanceof Inst.Binary binary && type.isInteger()) {
      Range left = of(binary.left(), block);
      Range right = of(binary.right(), block);
      return wraps(binary, left, right) ? Range.all(type) : left.apply(binary.op(), right);
    }
    if (inst instanceof Inst.Convert convert) {
      Range operand = of(convert.operand(), block);
      boolean cuts = convert.mode() == Mode.WRAP && !operand.fits(type);
      return cuts ? Range.all(type) : operand.in(type);
    }
    if (inst instanceof Inst.Select select) {
      return of(select.left(), block).union(of(select.right(), block));
    }
    return Range.all(type);
  }

  private static boolean wraps(Inst.Binary binary, Range left, Range right) {
    boolean mayWrap =
        binary.op() == BinaryOp.ADD || binary.op() == BinaryOp.SUB || binary.op() == BinaryOp.MUL;
    return mayWrap && binary.mode() == Mode.WRAP && !left.fits(binary.op(), right);
  }
}
