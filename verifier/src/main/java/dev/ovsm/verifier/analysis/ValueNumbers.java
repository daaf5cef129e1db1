package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes always have the same value: each node's number is the id of the first such node, in a
 * block that all ways to the node pass.
 *
 * <p>So the first one has been computed wherever the node is, their latest values are equal, and
 * what is known of either in a block is known of the other. Of nodes that are computed on different
 * ways nothing of the kind would hold: what is known of one on its way, that control never goes
 * there for instance, is not known of the other.
 */
final class ValueNumbers {
  private static final int OPEN = -1;
  private static final int MOST_PASSES = 10;

  private final int[] number;
  private final Dominators dominators;

  ValueNumbers(Graph graph) {
    this.dominators = graph.dominators();
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
    Scoped first = new Scoped();
    for (int block : dominators.preorder()) {
      first.enter(block);
      for (int id : graph.block(block).nodes()) {
        Node node = graph.node(id);
        int next = id;
        if (node.op() instanceof Op.Require) {
          next = number[node.input(0)];
        } else if (node.op() instanceof Op.Phi) {
          next = hopeful ? only(graph, node) : id;
        } else if (isPure(node.op())) {
          next = first.add(key(node), id);
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

  /**
   * The first node of each kind in the blocks that dominate one, as these are walked in preorder.
   */
  private final class Scoped {
    private final Map<Key, Integer> first = new HashMap<>();
    private final Deque<Entered> open = new ArrayDeque<>();

    private record Entered(int block, List<Key> added) {}

    void enter(int block) {
      while (!open.isEmpty() && !dominators.dominates(open.element().block, block)) {
        open.pop().added.forEach(first::remove);
      }
      open.push(new Entered(block, new ArrayList<>()));
    }

    /** The first node of its kind, which may be this one. */
    int add(Key key, int node) {
      Integer earlier = first.putIfAbsent(key, node);
      if (earlier == null) {
        open.element().added.add(key);
      }
      return earlier == null ? node : earlier;
    }
  }
}
