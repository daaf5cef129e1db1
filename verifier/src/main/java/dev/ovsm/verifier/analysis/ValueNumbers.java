package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes always have the same value: each node's number is the id of the first such node.
 *
 * <p>Where two nodes with one number have both been computed, their latest values are equal, so
 * that what is known of one in a block is known of the other.
 */
final class ValueNumbers {
  private final int[] number;

  ValueNumbers(Graph graph) {
    number = IntStream.range(0, graph.nodes().size()).toArray();
    Map<Key, Integer> first = new HashMap<>();
    for (int block : graph.cfg().order()) {
      for (int id : graph.block(block).nodes()) {
        Node node = graph.node(id);
        if (node.op() instanceof Op.Require) {
          number[id] = number[node.input(0)];
        } else if (isPure(node.op())) {
          Integer earlier = first.putIfAbsent(key(node), id);
          number[id] = earlier == null ? id : earlier;
        }
      }
    }
  }

  int of(int node) {
    return number[node];
  }

  /** Whether the value depends on nothing but the inputs. */
  static boolean isPure(Op op) {
    return op instanceof Op.Constant
        || op instanceof Op.Arithmetic
        || op instanceof Op.Extend
        || op instanceof Op.Swap
        || op instanceof Op.Compare
        || op instanceof Op.Select
        || op instanceof Op.Address;
  }

  private Key key(Node node) {
    int[] inputs = new int[node.inputs().length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = number[node.input(i)];
    }
    return new Key(node.op(), inputs);
  }

  /** An operation and the numbers of its inputs. */
  private record Key(Op op, int[] inputs) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(inputs, key.inputs) && op.equals(key.op);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(inputs) + op.hashCode();
    }
  }
}
