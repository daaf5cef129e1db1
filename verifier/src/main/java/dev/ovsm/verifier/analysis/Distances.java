package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far addresses lie above their anchors while control is in a block: what {@link Anchors}
 * tells, less the rounds of loops that the block is never in.
 */
final class Distances {
  /** So many values are looked through. */
  private static final int DEEPEST = 60;

  private static final long SMALL = 1L << 60;

  private final Instance instance;
  private final Graph graph;
  private final Map<Instance, @Nullable Step> results;
  private final Map<Long, @Nullable Step> known = new HashMap<>();

  /**
   * The distances in an instance.
   *
   * @param results how far the results of callees lie above the argument that they count from
   */
  Distances(Instance instance, Map<Instance, @Nullable Step> results) {
    this.instance = instance;
    this.graph = instance.graph();
    this.results = results;
  }

  /** How far a node lies above its anchor. */
  Step of(int node, int block) {
    return of(node, block, DEEPEST);
  }

  /** By how much a node is more than another, if that is plain from the code, else null. */
  @Nullable Step between(int node, int other) {
    Term one = term(node);
    Term two = term(other);
    Step apart = one.base == two.base ? Step.of(one.more, one.more) : null;
    return apart == null ? null : apart.subtract(new Step(two.more, two.more));
  }

  /** A node as a sum of another and a number. */
  private record Term(int base, long more) {}

  private Term term(int node) {
    int at = instance.ranges().numbers().of(node);
    long more = 0;
    for (int i = 0; i < DEEPEST; i++) {
      Node sum = graph.node(at);
      boolean adds =
          sum.op() instanceof Op.Arithmetic arithmetic
              && arithmetic.operator() == Operator.ADD
              && graph.node(sum.input(1)).op() instanceof Op.Constant;
      if (!adds) {
        break;
      }
      long amount = ((Op.Constant) graph.node(sum.input(1)).op()).value();
      if (Math.abs(amount) > SMALL || Math.abs(more) > SMALL) {
        break;
      }
      more += amount;
      at = instance.ranges().numbers().of(sum.input(0));
    }
    return new Term(at, more);
  }

  /** How far the result lies above the argument that it counts from, or null. */
  @Nullable Step result() {
    Results.Relative relative = instance.relative(Word.any());
    Step all = null;
    for (Block block : relative == null ? List.<Block>of() : instance.returns()) {
      Step one = of(block.operand(), block.id());
      all = all == null ? one : all.join(one);
    }
    return all;
  }

  private Step of(int id, int block, int depth) {
    Step rough = instance.anchors().distance(id, block);
    if (rough.isFixed() || depth == 0) {
      return rough;
    }
    long key = (long) id << 32 | block;
    Step before = known.get(key);
    if (before == null) {
      Step near = near(graph.node(id), block, depth - 1);
      before = near == null ? rough : met(rough, near);
      known.put(key, before);
    }
    return before;
  }

  private static Step met(Step one, Step other) {
    long low = Math.max(one.low(), other.low());
    long high = Math.min(one.high(), other.high());
    return low <= high ? new Step(low, high) : one;
  }

  private boolean isAnchoredAs(int node, int other) {
    return instance.anchors().anchor(node) == instance.anchors().anchor(other);
  }

  private @Nullable Step near(Node node, int block, int depth) {
    Op op = node.op();
    if (op instanceof Op.Require || op instanceof Op.Extend) {
      return isAnchoredAs(node.id(), node.input(0))
          ? of(node.input(0), at(node, block), depth)
          : null;
    }
    if (op instanceof Op.Arithmetic arithmetic) {
      return switch (arithmetic.operator()) {
        case ADD, UADD_CHECKED, SADD_CHECKED ->
            isAnchoredAs(node.id(), node.input(0))
                ? sum(node, 0, 1, block, depth)
                : isAnchoredAs(node.id(), node.input(1)) ? sum(node, 1, 0, block, depth) : null;
        case SUB, USUB_CHECKED, SSUB_CHECKED ->
            isAnchoredAs(node.id(), node.input(0)) ? difference(node, block, depth) : null;
        default -> null;
      };
    }
    if (op instanceof Op.Phi) {
      return graph.loops().isHeader(node.block())
          ? inLoop(node, block, depth)
          : merged(node, depth);
    }
    Instance callee = instance.calls().get(node.id());
    Results.Relative relative = callee == null ? null : callee.relative(Word.any());
    Step result = callee == null ? null : results.get(callee);
    if (relative == null || result == null || relative.argument() >= node.inputs().length) {
      return null;
    }
    int argument = node.input(relative.argument());
    return isAnchoredAs(node.id(), argument) ? of(argument, node.block(), depth).add(result) : null;
  }

  /** The block in whose rounds a value that a node uses is seen: that in which the node is made. */
  private int at(Node node, int block) {
    int loop = graph.loops().innermost(node.block());
    return loop >= 0 && graph.loops().contains(loop, block) && dominates(node.block(), block)
        ? block
        : node.block();
  }

  private boolean dominates(int one, int other) {
    return instance.ranges().dominators().dominates(one, other);
  }

  private @Nullable Step sum(Node node, int base, int amount, int block, int depth) {
    Step more = amount(node, amount, block);
    return more == null ? null : of(node.input(base), at(node, block), depth).add(more);
  }

  private @Nullable Step difference(Node node, int block, int depth) {
    Step less = amount(node, 1, block);
    return less == null ? null : of(node.input(0), at(node, block), depth).subtract(less);
  }

  private @Nullable Step amount(Node node, int input, int block) {
    Word word = instance.ranges().in(node.input(input), at(node, block));
    return word.isEmpty() ? null : Step.of(word.smin(), word.smax());
  }

  private @Nullable Step merged(Node phi, int depth) {
    int[] predecessors = graph.block(phi.block()).predecessors();
    Step all = null;
    for (int i = 0; i < predecessors.length; i++) {
      int from = predecessors[i];
      if (graph.cfg().isReachable(from) && instance.ranges().passes(from)) {
        if (!isAnchoredAs(phi.id(), phi.input(i))) {
          return null;
        }
        Step one = of(phi.input(i), from, depth);
        all = all == null ? one : all.join(one);
      }
    }
    return all;
  }

  /** The phi of a header: what it is before the loop, and a step for each round so far. */
  private @Nullable Step inLoop(Node phi, int block, int depth) {
    int loop = phi.block();
    Step each = instance.steps().of(phi.id());
    if (each == null) {
      return null;
    }
    Step before = null;
    int[] predecessors = graph.block(loop).predecessors();
    for (int i = 0; i < predecessors.length; i++) {
      int from = predecessors[i];
      boolean counts = graph.cfg().isReachable(from) && instance.ranges().passes(from);
      if (counts && !graph.loops().contains(loop, from)) {
        if (!isAnchoredAs(phi.id(), phi.input(i))) {
          return null;
        }
        Step one = of(phi.input(i), from, depth);
        before = before == null ? one : before.join(one);
      }
    }
    Step moved = each.repeated(rounds(loop, block));
    return before == null || moved == null ? null : before.add(moved);
  }

  /** How many rounds of a loop may be over when control is in a block of it. */
  private long rounds(int loop, int block) {
    long most = instance.steps().elapsed().rounds(loop, block);
    for (int id : graph.block(loop).nodes()) {
      if (graph.node(id).op() instanceof Op.Phi) {
        most = Math.min(most, divisions(graph.node(id)));
      }
    }
    return most;
  }

  /** How many rounds may be over in which a phi was divided each time and is still large enough. */
  private long divisions(Node phi) {
    long most = 0;
    ValueNumbers numbers = instance.ranges().numbers();
    int[] predecessors = graph.block(phi.block()).predecessors();
    Word first = Word.empty(64);
    for (int i = 0; i < predecessors.length; i++) {
      boolean latch = graph.loops().contains(phi.block(), predecessors[i]);
      first = latch ? first : first.join(instance.ranges().in(phi.input(i), predecessors[i]));
    }
    for (int i = 0; i < predecessors.length; i++) {
      int from = predecessors[i];
      boolean latch = graph.loops().contains(phi.block(), from);
      if (latch && graph.cfg().isReachable(from) && instance.ranges().passes(from)) {
        Node next = graph.node(numbers.of(phi.input(i)));
        boolean divides =
            next.op() instanceof Op.Arithmetic arithmetic
                && arithmetic.operator() == Operator.UDIV
                && numbers.of(next.input(0)) == numbers.of(phi.id());
        long by = divides ? instance.ranges().in(next.input(1), next.block()).umin() : 0;
        long least = instance.ranges().in(phi.id(), from).umin();
        boolean remains = divides && !instance.ranges().in(next.id(), from).contains(0);
        // What is not 0 after the division was no less than the divisor before.
        least = remains && by > 1 && Long.compareUnsigned(least, by) < 0 ? by : least;
        if (by < 2 || least == 0) {
          return LoopBound.NONE;
        }
        long count = 0;
        long rest = first.umax();
        while (!first.isEmpty() && Long.compareUnsigned(rest, least) >= 0) {
          rest = Long.divideUnsigned(rest, by);
          count++;
        }
        most = Math.max(most, count);
      }
    }
    return most;
  }
}
