package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Arithmetic;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;

/**
 * Loops that end though nobody knows how soon: a counter comes to a limit that does not change.
 *
 * <p>Where a counter could step over the limit and wrap around, the limit is taken for a length,
 * which never comes near the end of the address space.
 */
final class Limits {
  private final Graph graph;
  private final Ranges ranges;

  Limits(Ranges ranges) {
    this.ranges = ranges;
    this.graph = ranges.graph();
  }

  /**
   * Whether a loop can repeat only so long as the limit lies ahead.
   *
   * @param phi moves by {@code step} each time
   * @param distance how far the value that is compared lies above it
   * @param relation what holds between that value and the limit when the loop repeats
   */
  boolean ends(int loop, int phi, Step distance, Step step, Relation relation, int limit) {
    return switch (relation) {
      case NE -> step.isFixed() && meets(loop, phi, distance.low(), step.low(), limit);
      case ULT, ULE, SLT, SLE -> step.rises();
      case UGT, SGT -> step.falls();
      case UGE, SGE -> step.falls() && !ranges.of(limit).contains(0);
      case EQ, ANY_BIT, NO_BIT -> false;
    };
  }

  /** Whether the way to the limit has all the factors of two that the step has. */
  private boolean meets(int loop, int phi, long distance, long step, int limit) {
    int factors = Long.numberOfTrailingZeros(step);
    Node node = graph.node(phi);
    Block header = graph.block(loop);
    for (int i = 0; i < node.inputs().length; i++) {
      int from = header.predecessors()[i];
      boolean enters = graph.cfg().isReachable(from) && !graph.loops().contains(loop, from);
      if (enters && ranges.passes(from)) {
        Word way = way(node.input(i), limit, from);
        Word rest = Arithmetic.apply(Operator.SUB, way, Word.constant(distance));
        if (!Arithmetic.zeroExtend(rest, Math.max(factors, 1)).meet(nonZero(factors)).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  private static Word nonZero(int factors) {
    return factors == 0 ? Word.empty(64) : Word.unsigned(1, (1L << factors) - 1);
  }

  /** How far the limit lies above where the counter begins, as far as sums show. */
  private Word way(int first, int limit, int block) {
    ValueNumbers numbers = ranges.numbers();
    Node sum = graph.node(numbers.of(limit));
    if (sum.op() instanceof Op.Arithmetic arithmetic && arithmetic.operator() == Operator.ADD) {
      for (int i = 0; i < 2; i++) {
        if (numbers.of(sum.input(i)) == numbers.of(first)) {
          return ranges.of(sum.input(1 - i));
        }
      }
    }
    return Arithmetic.apply(Operator.SUB, ranges.of(limit), ranges.in(first, block));
  }
}
