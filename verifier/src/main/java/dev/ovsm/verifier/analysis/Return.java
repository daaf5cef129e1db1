package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * One way in which a function returns: its result with the second result that goes with it, as both
 * are at the end of a block. Where ways meet only to return, each is one of its own.
 *
 * @param result the node of the result, -1 if it has none
 * @param second the node of the second result, -1 if nothing is known of it
 * @param block at whose end they are looked at
 * @param end the block in which the function returns
 * @param way which of the ways into that block it is, -1 for all
 */
record Return(int result, int second, int block, Block end, int way) {
  /** All ways in which an instance returns. */
  static List<Return> of(Instance instance) {
    List<Return> all = new ArrayList<>();
    for (Block block : instance.returns()) {
      Return one = new Return(block.operand(), second(instance, block), block.id(), block, -1);
      if (isMerged(instance, block, one.result) || isMerged(instance, block, one.second)) {
        one.before(instance, block, all);
      } else {
        all.add(one);
      }
    }
    return all;
  }

  /** The ways in which a call can have ended while control is in a block that comes after it. */
  static List<Return> of(Instance callee, Instance caller, Node call, int block) {
    Word results = caller.ranges().in(call.id(), block);
    Word seconds = seconds(caller, call, block);
    return of(callee).stream()
        .filter(way -> way.mayBe(callee, way.result, results) && way.mayGive(callee, seconds))
        .toList();
  }

  private static int second(Instance instance, Block block) {
    for (int id : block.nodes()) {
      if (instance.graph().node(id).op() instanceof Op.Second) {
        return instance.graph().node(id).input(0);
      }
    }
    return -1;
  }

  private static boolean isMerged(Instance instance, Block block, int node) {
    return node >= 0
        && instance.graph().node(node).op() instanceof Op.Phi
        && instance.graph().node(node).block() == block.id();
  }

  /** The same for each way that leads to the block in which the function returns. */
  private void before(Instance instance, Block block, List<Return> all) {
    int[] from = block.predecessors();
    for (int i = 0; i < from.length; i++) {
      if (instance.graph().cfg().isReachable(from[i]) && instance.ranges().passes(from[i])) {
        all.add(
            new Return(
                entering(instance, block, result, i),
                entering(instance, block, second, i),
                from[i],
                block,
                i));
      }
    }
  }

  private static int entering(Instance instance, Block block, int node, int way) {
    return isMerged(instance, block, node) ? instance.graph().node(node).input(way) : node;
  }

  /** Whether the second result can be one of some words. */
  boolean mayGive(Instance instance, Word seconds) {
    return mayBe(instance, second, seconds);
  }

  private boolean mayBe(Instance instance, int node, Word words) {
    return node < 0 || !instance.ranges().in(node, block).meet(words).isEmpty();
  }

  /** The node whose value the function then leaves at a place, as it is in the block, or -1. */
  int left(Instance instance, Op.Left place) {
    int left = instance.leftIn(end, place);
    return way < 0 || left < 0 ? left : entering(instance, end, left, way);
  }

  /** What the second result of a call can be while control is in a block that comes after it. */
  static Word seconds(Instance caller, Node call, int block) {
    int second = caller.anchors().second(call.id());
    return second < 0 ? Word.any() : caller.ranges().in(second, block);
  }
}
