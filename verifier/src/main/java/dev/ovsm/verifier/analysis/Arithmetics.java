package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;

/** Which arithmetic can end the path it is on. */
final class Arithmetics {
  private Arithmetics() {}

  /** Whether a node has no result for some inputs, as far as is known. */
  static boolean canFail(Ranges ranges, Node node) {
    if (node.op() instanceof Op.Require) {
      return true;
    }
    if (!(node.op() instanceof Op.Arithmetic arithmetic)) {
      return false;
    }
    Word right = ranges.in(node.input(1), node.block());
    return switch (arithmetic.operator()) {
      case UDIV, UREM, SDIV, SREM -> right.contains(0);
      case UADD_CHECKED, USUB_CHECKED, UMUL_CHECKED -> true;
      case SADD_CHECKED, SSUB_CHECKED, SMUL_CHECKED -> true;
      case ADD, SUB, MUL, UHMUL, SHMUL, AND, OR, XOR, SHL, SHR, SAR -> false;
    };
  }
}
