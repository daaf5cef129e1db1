package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values are no less than another, unsigned, on whatever way they came about: sums that a
 * branch found not to wrap around, the greatest word in their place where they would, and what
 * callees leave of the kind.
 */
final class Rises {
  /** What is said of a value that may be less. */
  static final long NONE = -1;

  private static final long MOST = 1L << 40;
  private static final int FUEL = 400;

  private final Graph graph;
  private final Ranges ranges;
  private final Results results;

  Rises(Ranges ranges, Results results) {
    this.ranges = ranges;
    this.graph = ranges.graph();
    this.results = results;
  }

  /**
   * By how much a value is at least greater than another unless it is the greatest word; {@link
   * #NONE} if it may be less.
   *
   * @param loop the loop in one iteration of which both are looked at, or -1
   * @param block where the value is used
   */
  long above(int loop, int target, int node, int block) {
    return new Search(loop, ranges.numbers().of(target)).above(node, block);
  }

  /** The parameter that a value, used in a block, is no less than; null if there is none. */
  Results.@Nullable Rise aboveParameter(int node, int block) {
    Search search = new Search(-1, -1);
    long by = search.above(node, block);
    return by == NONE || search.parameter < 0 ? null : new Results.Rise(search.parameter, by);
  }

  private record Goal(int node, int block, long by) {}

  private final class Search {
    private final int loop;
    private final int target;
    private final Deque<Goal> open = new ArrayDeque<>();
    private final Map<Long, Long> seen = new HashMap<>();
    private int parameter = -1;
    private long least = MOST;
    private int fuel = FUEL;

    /** A search for what lies above a value, or above whichever parameter comes first. */
    Search(int loop, int target) {
      this.loop = loop;
      this.target = target;
    }

    long above(int node, int block) {
      open.push(new Goal(node, block, 0));
      while (!open.isEmpty()) {
        Goal goal = open.pop();
        long key = ((long) goal.node << 32) | goal.block;
        Long before = seen.get(key);
        // Coming to a merge again is an induction over rounds; to anything else, a circle.
        if (before == null || goal.by < before || !isMerged(graph.node(goal.node))) {
          seen.put(key, goal.by);
          if (fuel-- <= 0 || !step(goal)) {
            return NONE;
          }
        }
      }
      return least;
    }

    private boolean step(Goal goal) {
      Node node = graph.node(ranges.numbers().of(goal.node));
      // On the ways to a phi more may be known than of what it stands for.
      Node here = graph.node(goal.node).op() instanceof Op.Phi ? graph.node(goal.node) : node;
      if (isTarget(node)) {
        least = Math.min(least, goal.by);
        return true;
      }
      Word word = ranges.in(goal.node, goal.block);
      if (word.isEmpty() || word.umin() == -1) {
        return true;
      }
      return follow(goal, here) || branch(goal, node);
    }

    private boolean isTarget(Node node) {
      if (target < 0 && node.op() instanceof Op.Parameter op) {
        parameter = parameter < 0 ? op.index() : parameter;
        return parameter == op.index();
      }
      return node.id() == target;
    }

    private boolean follow(Goal goal, Node node) {
      Op op = node.op();
      if (op instanceof Op.Arithmetic arithmetic) {
        return switch (arithmetic.operator()) {
          case ADD, UADD_CHECKED -> sum(goal, node);
          default -> false;
        };
      }
      if (op instanceof Op.Extend extend) {
        boolean fits = Ranges.fits(ranges.in(node.input(0), goal.block), extend);
        return fits && go(goal, node.input(0), 0);
      }
      if (op instanceof Op.Phi) {
        return merge(goal, node);
      }
      if (op instanceof Op.Load && node.inputs().length > 1) {
        return go(goal, node.input(1), 0);
      }
      if (op instanceof Op.Call call) {
        return returned(goal, node, results.rise(call.callee(), null));
      }
      return op instanceof Op.LeftOf left
          && graph.node(node.input(0)).op() instanceof Op.Call call
          && returned(goal, graph.node(node.input(0)), results.rise(call.callee(), left.place()));
    }

    private boolean go(Goal goal, int node, long more) {
      open.push(new Goal(node, goal.block, Math.min(MOST, goal.by + more)));
      return true;
    }

    private boolean returned(Goal goal, Node call, Results.@Nullable Rise rise) {
      return rise != null
          && rise.argument() < call.inputs().length
          && go(goal, call.input(rise.argument()), rise.by());
    }

    private boolean sum(Goal goal, Node node) {
      int followed = isLeaf(node.input(0)) ? 1 : 0;
      Word from = ranges.in(node.input(followed), goal.block);
      Word by = ranges.in(node.input(1 - followed), goal.block);
      boolean fits =
          Long.compareUnsigned(from.umax(), ~by.umax()) <= 0
              || node.op().equals(new Op.Arithmetic(Operator.UADD_CHECKED))
              || ranges.isAtLeast(goal.node, node.input(0), goal.block)
              || ranges.isAtLeast(goal.node, node.input(1), goal.block);
      long least = by.umin() < 0 || by.umin() > MOST ? MOST : by.umin();
      return fits && go(goal, node.input(followed), least);
    }

    private boolean isLeaf(int node) {
      Op op = graph.node(ranges.numbers().of(node)).op();
      return op instanceof Op.Constant || (op instanceof Op.Load load && load.bytes() < 8);
    }

    private boolean isMerged(Node node) {
      boolean inside = graph.loops().contains(loop, node.block()) && node.block() != loop;
      return inside && node.op() instanceof Op.Phi;
    }

    private boolean merge(Goal goal, Node node) {
      if (!isMerged(node)) {
        return false;
      }
      Block block = graph.block(node.block());
      for (int i = 0; i < node.inputs().length; i++) {
        int from = block.predecessors()[i];
        if (graph.cfg().isReachable(from) && ranges.passes(from)) {
          open.push(new Goal(node.input(i), from, goal.by));
        }
      }
      return true;
    }

    /** Goes by a branch that found the value to be no less than some other. */
    private boolean branch(Goal goal, Node node) {
      for (Facts.Known known : ranges.facts().in(node.id(), goal.block)) {
        switch (known.relation()) {
          case UGE, UGT, EQ -> {
            if (!(graph.node(known.other()).op() instanceof Op.Constant)) {
              return go(goal, known.other(), known.relation() == Relation.UGT ? 1 : 0);
            }
          }
          case ULT, ULE, NE, SLT, SLE, SGT, SGE, ANY_BIT, NO_BIT -> {}
        }
      }
      return false;
    }
  }
}
