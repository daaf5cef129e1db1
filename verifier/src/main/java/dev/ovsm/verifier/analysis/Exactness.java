package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Sureness;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Exact;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;

/** Whether arithmetic that claims to be exact is. */
final class Exactness {
  private Exactness() {}

  /** Whether the claim holds in all executions of the instance. */
  static boolean holds(Instance instance, Exact claim) {
    Node node = instance.graph().node(claim.node());
    Ranges ranges = instance.ranges();
    if (!instance.graph().cfg().isReachable(claim.block()) || !ranges.reaches(claim.block())) {
      return true;
    }
    Word value = ranges.in(claim.node(), claim.block());
    long most = -1L >>> (64 - claim.bits());
    long largest = claim.signed() ? most >>> 1 : most;
    long least = claim.signed() ? ~largest : 0;
    return switch (claim.origin()) {
      case UNSIGNED -> Long.compareUnsigned(value.umax(), largest) <= 0;
      case SIGNED -> value.smin() >= least && (claim.bits() == 64 || value.smax() <= largest);
      case ARITHMETIC ->
          staysNatural(ranges, node, claim.signed())
              || (claim.bits() < 64
                  ? Ranges.fits(value, new Op.Extend(claim.bits(), claim.signed()))
                  : fits(ranges, node, claim.signed()));
    };
  }

  /** Whether it takes from a number without sign what a branch found to be no more than it. */
  private static boolean staysNatural(Ranges ranges, Node node, boolean signed) {
    return !signed
        && node.op() instanceof Op.Arithmetic arithmetic
        && arithmetic.operator() == Operator.SUB
        && ranges.isAtLeast(node.input(0), node.input(1), node.block());
  }

  private static boolean fits(Ranges ranges, Node node, boolean signed) {
    Word left = ranges.in(node.input(0), node.block());
    Word right = ranges.in(node.input(1), node.block());
    return node.op() instanceof Op.Arithmetic arithmetic
        && Sureness.alwaysFits(arithmetic.operator(), signed, left, right);
  }
}
