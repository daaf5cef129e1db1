package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function finds out about addresses by comparing what remains up to an end: {@code end -
 * address} with a number of bytes.
 */
final class Comparisons {
  /** So many addresses are looked through, each compared with the one before. */
  private static final int DEEPEST = 8;

  private final Instance instance;
  private final Graph graph;
  private final Distances distances;
  private final Map<Integer, List<Node>> remainders = new HashMap<>();

  Comparisons(Instance instance, Distances distances) {
    this.instance = instance;
    this.graph = instance.graph();
    this.distances = distances;
    for (Node node : instance.running()) {
      boolean remains =
          node.op() instanceof Op.Arithmetic arithmetic
              && arithmetic.operator() == Operator.SUB
              && anchor(node.input(0), node.block()) == anchor(node.input(1), node.block());
      if (remains) {
        int anchor = anchor(node.input(1), node.block());
        remainders.computeIfAbsent(anchor, a -> new ArrayList<>()).add(node);
      }
    }
  }

  private int anchor(int node, int block) {
    return instance.anchors().anchor(node, block);
  }

  /**
   * Where an access of a number of bytes ends at most, counted from the address's anchor; {@link
   * Long#MAX_VALUE} if no comparison tells.
   *
   * @param length the node that says how many bytes, or -1 if {@code bytes} does
   */
  long end(int address, int length, long bytes, int block) {
    long least = Long.MAX_VALUE;
    for (Node remainder : remainders.getOrDefault(anchor(address, block), List.of())) {
      Step apart = distances.between(address, remainder.input(1));
      boolean known =
          apart != null
              && apart.low() >= 0
              && (length < 0
                  ? holds(remainder, apart.low() + bytes, block)
                  : apart.low() == 0 && isWithin(length, remainder, block));
      if (known && isBelow(remainder.input(1), remainder.input(0), block, DEEPEST)) {
        least = Math.min(least, distances.of(remainder.input(0), block).high());
      }
    }
    return least;
  }

  /** Whether at least so many bytes remain. */
  private boolean holds(Node remainder, long bytes, int block) {
    return Long.compareUnsigned(instance.ranges().in(remainder.id(), block).umin(), bytes) >= 0;
  }

  /** Whether a number is compared with what remains and is no more. */
  private boolean isWithin(int number, Node remainder, int block) {
    for (Facts.Known known : instance.ranges().facts().in(number, block)) {
      boolean says =
          switch (known.relation()) {
            case ULT, ULE, EQ -> true;
            case UGE, UGT, NE, SLT, SLE, SGT, SGE, ANY_BIT, NO_BIT -> false;
          };
      if (says && isSame(known.other(), remainder.id())) {
        return true;
      }
    }
    return false;
  }

  private boolean isSame(int node, int other) {
    return instance.ranges().numbers().of(node) == instance.ranges().numbers().of(other);
  }

  /** Whether an address is shown to be no more than an end with the same anchor. */
  private boolean isBelow(int address, int end, int block, int depth) {
    Step plain = distances.between(end, address);
    if (plain != null) {
      return plain.low() >= 0;
    }
    if (distances.of(address, block).high() <= distances.of(end, block).low()) {
      return true;
    }
    if (depth == 0) {
      return false;
    }
    for (Node remainder : remainders.getOrDefault(anchor(address, block), List.of())) {
      int from = remainder.input(1);
      Step same = distances.between(end, remainder.input(0));
      if (Step.NONE.equals(same)) {
        Step apart = distances.between(address, from);
        boolean compared =
            apart != null
                ? apart.low() >= 0 && holds(remainder, apart.low(), block)
                : isSum(address, from, remainder, block);
        if (compared && from != address && isBelow(from, end, block, depth - 1)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether an address is another one and a number that is no more than what remains there. */
  private boolean isSum(int address, int from, Node remainder, int block) {
    Node sum = graph.node(instance.ranges().numbers().of(address));
    if (!(sum.op() instanceof Op.Arithmetic arithmetic) || arithmetic.operator() != Operator.ADD) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      if (Step.NONE.equals(distances.between(sum.input(i), from))
          && isWithin(sum.input(1 - i), remainder, block)) {
        return true;
      }
    }
    return false;
  }
}
