package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;

/**
 * A node as another one plus a constant, read off the sums that lead to it.
 *
 * @param base the value number of what is counted from
 */
record Offset(int base, long distance) {
  /** So many sums are looked through. */
  private static final int MOST = 16;

  /** A node of an instance; at worst itself plus nothing. */
  static Offset of(Instance instance, int node) {
    ValueNumbers numbers = instance.ranges().numbers();
    int at = numbers.of(node);
    long distance = 0;
    for (int i = 0; i < MOST; i++) {
      Node sum = instance.graph().node(at);
      if (!(sum.op() instanceof Op.Arithmetic arithmetic)) {
        break;
      }
      boolean adds = arithmetic.operator() == Operator.ADD;
      if (!adds && arithmetic.operator() != Operator.SUB) {
        break;
      }
      Word right = instance.ranges().of(sum.input(1));
      Word left = instance.ranges().of(sum.input(0));
      boolean isRight = right.isConstant() && !right.isEmpty();
      if (!isRight && !(adds && left.isConstant() && !left.isEmpty())) {
        break;
      }
      long amount = isRight ? right.umin() : left.umin();
      distance += adds ? amount : -amount;
      at = numbers.of(sum.input(isRight ? 0 : 1));
    }
    return new Offset(at, distance);
  }
}
