package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;

/** Loops in which a value is divided, shifted or loses a bit each time, until nothing is left. */
final class Shrinking {
  private final Graph graph;
  private final Ranges ranges;

  Shrinking(Ranges ranges) {
    this.ranges = ranges;
    this.graph = ranges.graph();
  }

  /**
   * How often a phi of a header can still be positive, or {@link LoopBound#NONE}.
   *
   * @param first what it is when the loop is entered
   * @param seen what it is each time the loop repeats
   */
  long times(int phi, Word first, Word seen) {
    if (seen.isEmpty() || seen.umin() == 0) {
      return seen.isEmpty() ? 0 : LoopBound.NONE;
    }
    Node node = graph.node(phi);
    Block header = graph.block(node.block());
    long most = 0;
    for (int i = 0; i < node.inputs().length; i++) {
      int from = header.predecessors()[i];
      boolean latch = graph.cfg().isReachable(from) && graph.loops().contains(header.id(), from);
      if (latch && ranges.passes(from)) {
        most = Math.max(most, shrinks(phi, node.input(i), first));
      }
    }
    return most;
  }

  private long shrinks(int phi, int next, Word first) {
    Node node = graph.node(ranges.numbers().of(next));
    if (!(node.op() instanceof Op.Arithmetic arithmetic)
        || ranges.numbers().of(node.input(0)) != ranges.numbers().of(phi)) {
      return LoopBound.NONE;
    }
    Word by = ranges.in(node.input(1), node.block());
    return switch (arithmetic.operator()) {
      case SHR ->
          by.umin() >= 1 && by.umin() < 64 ? digits(first.umax(), 1L << by.umin()) : LoopBound.NONE;
      case UDIV ->
          Long.compareUnsigned(by.umin(), 2) >= 0
              ? digits(first.umax(), by.umin())
              : LoopBound.NONE;
      case AND -> isOneLess(phi, node.input(1)) ? 64 : LoopBound.NONE;
      case ADD, SUB, MUL, UHMUL, SHMUL, UREM, SDIV, SREM, OR, XOR, SHL, SAR -> LoopBound.NONE;
      case UADD_CHECKED, USUB_CHECKED, UMUL_CHECKED -> LoopBound.NONE;
      case SADD_CHECKED, SSUB_CHECKED, SMUL_CHECKED -> LoopBound.NONE;
    };
  }

  /** How many digits an unsigned number has; dividing by the base drops one. */
  private static long digits(long number, long base) {
    int count = 0;
    for (long rest = number; rest != 0; rest = Long.divideUnsigned(rest, base)) {
      count++;
    }
    return count;
  }

  /** Whether a node is the phi less one, so that an and with it clears the lowest one. */
  private boolean isOneLess(int phi, int node) {
    Node other = graph.node(ranges.numbers().of(node));
    if (!(other.op() instanceof Op.Arithmetic arithmetic)
        || ranges.numbers().of(other.input(0)) != ranges.numbers().of(phi)) {
      return false;
    }
    Word by = ranges.of(other.input(1));
    return switch (arithmetic.operator()) {
      case ADD -> by.isConstant() && by.umin() == -1;
      case SUB, USUB_CHECKED, SSUB_CHECKED -> by.isConstant() && by.umin() == 1;
      default -> false;
    };
  }
}
