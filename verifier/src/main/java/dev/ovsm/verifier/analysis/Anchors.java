package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Arithmetic;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How values lie to each other: each node is an anchor, another node or itself, plus a distance.
 *
 * <p>An address in a buffer is the buffer plus some bytes, wherever the buffer is; two addresses
 * with one anchor have a known difference.
 */
final class Anchors {
  private static final int[] NONE = {};

  private final Graph graph;
  private final Ranges ranges;
  private final Steps steps;
  private final Map<Integer, LoopBound> bounds;
  private final Results results;
  private final int[] anchors;

  /** Null where control never comes. */
  private final @Nullable Step[] distances;

  /** The nodes whose place is known by how a call ended. */
  private final BitSet returned = new BitSet();

  /** Phis of headers before their loops. */
  private final Map<Integer, Anchored> entering = new HashMap<>();

  /** The nodes that are the second results of calls, by the calls. */
  private final Map<Integer, Integer> seconds = new HashMap<>();

  /** Anchors all nodes; phis of loops without bounds are their own anchors. */
  Anchors(Ranges ranges, Steps steps, Map<Integer, LoopBound> bounds, Results results) {
    this.ranges = ranges;
    this.graph = ranges.graph();
    this.steps = steps;
    this.bounds = bounds;
    this.results = results;
    this.anchors = new int[graph.nodes().size()];
    this.distances = new Step[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.SecondOf) {
        seconds.put(node.input(0), node.id());
      }
    }
    for (int block : graph.cfg().order()) {
      for (int id : ranges.reaches(block) ? graph.block(block).nodes() : NONE) {
        Anchored anchored = anchor(graph.node(id));
        anchors[id] = anchored == null ? ranges.numbers().of(id) : anchored.anchor;
        distances[id] = anchored == null ? Step.NONE : anchored.distance;
        returned.set(id, anchored != null && anchored.returned);
      }
    }
  }

  /** The node that a node is anchored at. */
  int anchor(int node) {
    return distances[node] == null ? ranges.numbers().of(node) : anchors[node];
  }

  /** How far a node lies above its anchor. */
  Step distance(int node) {
    Step distance = distances[node];
    return distance == null ? Step.NONE : distance;
  }

  /** The node that a node is anchored at while control is in a block. */
  int anchor(int node, int block) {
    return of(node, block).anchor;
  }

  /** How far a node lies above that. */
  Step distance(int node, int block) {
    return of(node, block).distance;
  }

  /** Whether that rests on how a call ended. */
  boolean isReturned(int node, int block) {
    return of(node, block).returned;
  }

  /** The node that is the second result of a call, or -1. */
  int second(int call) {
    return seconds.getOrDefault(call, -1);
  }

  /** Whether all nodes lie to each other as others say. */
  boolean isSame(Anchors other) {
    return Arrays.equals(anchors, other.anchors) && Arrays.equals(distances, other.distances);
  }

  /** How far {@code node} lies above {@code other}, or null if they have no common anchor. */
  @Nullable Step between(int node, int other) {
    return of(node).above(of(other));
  }

  /** The same while control is in a block. */
  @Nullable Step between(int node, int other, int block) {
    return of(node, block).above(of(other, block));
  }

  /** What is known from distances alone: of every node, as far as it is more than nothing. */
  Map<Integer, Word> hints() {
    Map<Integer, Word> hints = new HashMap<>();
    for (int block : graph.cfg().order()) {
      for (int id : ranges.reaches(block) ? graph.block(block).nodes() : NONE) {
        Node node = graph.node(id);
        if (node.op() instanceof Op.Arithmetic arithmetic && isDifference(arithmetic)) {
          Step apart = between(node.input(0), node.input(1), node.block());
          if (apart != null) {
            hints.put(id, Word.signed(apart.low(), apart.high()));
          }
        } else if (anchors[id] != id
            && (node.op() instanceof Op.Phi || node.op() instanceof Op.Call)) {
          hints.put(id, sum(ranges.of(anchors[id]), distance(id)));
        }
      }
    }
    return hints;
  }

  private static Word sum(Word from, Step step) {
    return Arithmetic.apply(Operator.ADD, from, Word.signed(step.low(), step.high()));
  }

  private static boolean isDifference(Op.Arithmetic arithmetic) {
    return switch (arithmetic.operator()) {
      case SUB, USUB_CHECKED, SSUB_CHECKED -> true;
      default -> false;
    };
  }

  private record Anchored(int anchor, Step distance, boolean returned) {
    @Nullable Anchored plus(@Nullable Step more) {
      Step sum = more == null ? null : distance.add(more);
      return sum == null ? null : new Anchored(anchor, sum, returned);
    }

    @Nullable Step above(Anchored other) {
      return anchor == other.anchor ? distance.subtract(other.distance) : null;
    }
  }

  private Anchored of(int node) {
    return new Anchored(anchor(node), distance(node), returned.get(node));
  }

  /** The same while control is in a block, where more may be known of how a call ended. */
  private Anchored of(int node, int block) {
    Anchored anchored = now(node, block);
    Node from = graph.node(anchored.anchor);
    int second = second(from.id());
    boolean well = second >= 0 && ranges.in(second, block).equals(Word.constant(0));
    if (!well || !(from.op() instanceof Op.Call call)) {
      return anchored;
    }
    Anchored result = returned(from, results.relativeBesideZero(call.callee()));
    Anchored sum = result == null ? null : result.plus(anchored.distance);
    return sum == null ? anchored : new Anchored(sum.anchor, sum.distance, true);
  }

  /** A phi of a loop in that loop has moved only in the rounds that may be over. */
  private Anchored now(int node, int block) {
    Anchored before = entering.get(node);
    if (before == null || !graph.loops().contains(graph.node(node).block(), block)) {
      return of(node);
    }
    Anchored moved = before.plus(steps.during(node, block));
    return moved == null ? of(node) : moved;
  }

  private Anchored input(Node node, int index) {
    return of(node.input(index), node.block());
  }

  private @Nullable Anchored anchor(Node node) {
    Op op = node.op();
    if (op instanceof Op.Require) {
      return input(node, 0);
    }
    if (op instanceof Op.Extend extend) {
      Word operand = ranges.in(node.input(0), node.block());
      return Ranges.fits(operand, extend) ? input(node, 0) : null;
    }
    if (op instanceof Op.Arithmetic arithmetic) {
      return sum(node, arithmetic);
    }
    if (op instanceof Op.Select) {
      return join(input(node, 1), input(node, 2));
    }
    if (op instanceof Op.Call call) {
      return returned(node, results.relative(call.callee()));
    }
    return op instanceof Op.Phi ? merge(node) : null;
  }

  private @Nullable Anchored returned(Node call, Results.@Nullable Relative relative) {
    return relative != null && relative.argument() < call.inputs().length
        ? input(call, relative.argument()).plus(relative.distance())
        : null;
  }

  private @Nullable Anchored sum(Node node, Op.Arithmetic arithmetic) {
    return switch (arithmetic.operator()) {
      case ADD, UADD_CHECKED, SADD_CHECKED -> {
        boolean first =
            graph.node(node.input(0)).op() instanceof Op.Constant || isObject(node.input(1));
        int from = first ? 1 : 0;
        Anchored near = input(node, from).plus(amount(node, 1 - from, 1));
        yield near != null || first ? near : input(node, 1).plus(amount(node, 0, 1));
      }
      case SUB, USUB_CHECKED, SSUB_CHECKED ->
          // What is left of an address less one beside it is a number.
          input(node, 0).anchor == input(node, 1).anchor
              ? null
              : input(node, 0).plus(amount(node, 1, -1));
      case MUL, UHMUL, SHMUL, UDIV, UREM, SDIV, SREM, AND, OR, XOR, SHL, SHR, SAR -> null;
      case UMUL_CHECKED, SMUL_CHECKED -> null;
    };
  }

  /** Whether a node counts from an object of the program's own. */
  private boolean isObject(int node) {
    return graph.node(anchor(node)).op() instanceof Op.Address;
  }

  private @Nullable Step amount(Node node, int input, int sign) {
    Word word = ranges.in(node.input(input), node.block());
    if (word.isEmpty()) {
      return null;
    }
    Step step = Step.of(word.smin(), word.smax());
    return step == null || sign > 0 ? step : Step.NONE.subtract(step);
  }

  private static @Nullable Anchored join(Anchored one, Anchored other) {
    return one.anchor == other.anchor
        ? new Anchored(
            one.anchor, one.distance.join(other.distance), one.returned || other.returned)
        : null;
  }

  private @Nullable Anchored merge(Node node) {
    Block block = graph.block(node.block());
    boolean header = graph.loops().isHeader(block.id());
    Anchored all = null;
    for (int i = 0; i < node.inputs().length; i++) {
      int from = block.predecessors()[i];
      boolean counts = graph.cfg().isReachable(from) && ranges.passes(from);
      boolean latch = header && graph.loops().contains(block.id(), from);
      if (counts && !latch) {
        // Into an irreducible loop a value may come that is not anchored yet.
        Anchored one = distances[node.input(i)] == null ? null : of(node.input(i), from);
        all = one == null || all == null ? one : join(all, one);
        if (all == null) {
          return null;
        }
      }
    }
    return all == null || !header ? all : afterLoop(node, all);
  }

  private @Nullable Anchored afterLoop(Node node, Anchored before) {
    LoopBound bound = bounds.get(node.block());
    if (bound == null || !bound.isBounded()) {
      return null;
    }
    Anchored after = before.plus(steps.afterLoop(node.id()));
    if (after != null) {
      entering.put(node.id(), before);
    }
    return after;
  }
}
