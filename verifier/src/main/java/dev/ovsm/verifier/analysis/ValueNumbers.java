package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which nodes always have the same value: each node's number is the id of the first such node.
 *
 * <p>Where two nodes with one number have both been computed, their latest values are equal, so
 * that what is known of one in a block is known of the other.
 */
final class ValueNumbers {
  private static final int OPEN = -1;
  private static final int MOST_PASSES = 10;

  private final int[] number;

  ValueNumbers(Graph graph) {
    number = new int[graph.nodes().size()];
    Arrays.fill(number, OPEN);
    // Without a cycle all that a node depends on has its number before it.
    boolean changed = pass(graph, true) && graph.parts().stream().anyMatch(Graph.Part::isCyclic);
    for (int pass = 1; changed && pass < MOST_PASSES; pass++) {
      changed = pass(graph, true);
    }
    if (changed) {
      pass(graph, false);
    }
  }

  /**
   * Numbers all nodes; a phi all of whose inputs have one number, as far as they have any yet,
   * stands for that, until another pass finds that it does not.
   */
  private boolean pass(Graph graph, boolean hopeful) {
    boolean changed = false;
    Map<Key, Integer> first = new HashMap<>(2 * number.length);
    for (int block : graph.cfg().order()) {
      for (int id : graph.block(block).nodes()) {
        Node node = graph.node(id);
        int next = id;
        if (node.op() instanceof Op.Require) {
          next = number[node.input(0)];
        } else if (node.op() instanceof Op.Phi) {
          next = hopeful ? only(graph, node) : id;
        } else if (isPure(node.op())) {
          Integer earlier = first.putIfAbsent(key(node), id);
          next = earlier == null ? id : earlier;
        }
        changed |= number[id] != next;
        number[id] = next;
      }
    }
    return changed;
  }

  /** The number that a phi stands for, its own if there are several. */
  private int only(Graph graph, Node phi) {
    if (number[phi.id()] == phi.id()) {
      return phi.id();
    }
    int only = OPEN;
    int[] predecessors = graph.block(phi.block()).predecessors();
    for (int i = 0; i < predecessors.length; i++) {
      int one = graph.cfg().isReachable(predecessors[i]) ? number[phi.input(i)] : OPEN;
      if (one != OPEN && only != OPEN && one != only) {
        return phi.id();
      }
      only = one == OPEN ? only : one;
    }
    return only == OPEN ? phi.id() : only;
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
    int[] inputs = node.inputs();
    return new Key(
        node.op(),
        inputs.length > 0 ? number[inputs[0]] : OPEN,
        inputs.length > 1 ? number[inputs[1]] : OPEN,
        inputs.length > 2 ? number[inputs[2]] : OPEN);
  }

  private record Key(Op op, int first, int second, int third) {
    @Override
    public int hashCode() {
      return 31 * (31 * (31 * op.hashCode() + first) + second) + third;
    }
  }
}
