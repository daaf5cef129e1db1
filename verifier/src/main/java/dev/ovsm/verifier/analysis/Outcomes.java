package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Arithmetic;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import org.jspecify.annotations.Nullable;

/**
 * What values can be where it is known how the calls ended that they come from: of a function that
 * failed is not asked what it would have returned, or left somewhere, otherwise.
 */
final class Outcomes {
  /** So many calls within calls are looked into. */
  private static final int DEEPEST = 4;

  private Outcomes() {}

  /** The values of a node while control is in a block; all calls of the instance are known. */
  static Word in(Instance instance, int node, int block) {
    return in(instance, node, block, DEEPEST);
  }

  private static Word in(Instance instance, int node, int block, int depth) {
    Word word = instance.ranges().in(node, block);
    if (depth == 0 || word.isConstant()) {
      return word;
    }
    Word itself = after(instance, instance.ranges().numbers().of(node), block, depth - 1);
    if (itself != null) {
      return word.meet(itself);
    }
    Word from = after(instance, instance.anchors().anchor(node, block), block, depth - 1);
    if (from == null) {
      return word;
    }
    Step step = instance.anchors().distance(node, block);
    return word.meet(Arithmetic.apply(Operator.ADD, from, Word.signed(step.low(), step.high())));
  }

  /** What a call can have returned or left that is looked at in a block, or null if none did. */
  private static @Nullable Word after(Instance instance, int node, int block, int depth) {
    Graph graph = instance.graph();
    Node value = graph.node(node);
    boolean isTold = value.op() instanceof Op.Load && value.inputs().length > 1;
    Node told = isTold ? graph.node(value.input(1)) : value;
    Op.@Nullable Left place = told.op() instanceof Op.LeftOf left ? left.place() : null;
    Node call = place == null ? value : graph.node(told.input(0));
    Instance callee = instance.calls().get(call.id());
    if (callee == null) {
      return null;
    }
    Word all = Word.empty(64);
    for (Return way : Return.of(callee, instance, call, block)) {
      int end = place == null ? way.result() : way.left(callee, place);
      all = all.join(end < 0 ? Word.any() : in(callee, end, way.block(), depth));
    }
    return all;
  }
}
