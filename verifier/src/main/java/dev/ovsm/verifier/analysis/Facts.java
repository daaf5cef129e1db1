package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * What branches say of values: for every value number the blocks on whose entry something holds.
 */
final class Facts {
  /** So many facts of one value are looked at; a value with more is a jump table's. */
  private static final int MOST = 300;

  private final List<List<Known>> of = new ArrayList<>();
  private final List<List<Sum>> sums = new ArrayList<>();
  private final ValueNumbers numbers;

  Facts(Graph graph, ValueNumbers numbers) {
    this.numbers = numbers;
    for (int i = 0; i < graph.nodes().size(); i++) {
      of.add(List.of());
      sums.add(List.of());
    }
    for (int id : graph.cfg().order()) {
      Block block = graph.block(id);
      for (Fact fact : block.facts()) {
        add(graph, fact.left(), new Known(id, fact.relation(), fact.right()));
        add(graph, fact.right(), new Known(id, fact.relation().swapped(), fact.left()));
      }
    }
    for (Node node : graph.nodes()) {
      derive(node);
    }
  }

  /** What holds of a value, in blocks on the way from the entry inwards. */
  List<Known> of(int node) {
    return of.get(numbers.of(node));
  }

  /** The sums of this value and another of which something holds. */
  List<Sum> sums(int node) {
    return sums.get(numbers.of(node));
  }

  /** Whether nothing is said of a value, nor of a sum of it. */
  boolean isSilent(int node) {
    int number = numbers.of(node);
    return of.get(number).isEmpty() && sums.get(number).isEmpty();
  }

  private void add(Graph graph, int node, Known known) {
    int number = numbers.of(node);
    if (graph.node(node).op() instanceof Op.Constant) {
      return;
    }
    if (of.get(number).isEmpty()) {
      of.set(number, new ArrayList<>());
    }
    if (of.get(number).size() < MOST) {
      of.get(number).add(known);
    }
  }

  /** A fact about {@code x + y} is one about {@code x}, as far as {@code y} is known. */
  private void derive(Node node) {
    if (of(node.id()).isEmpty()) {
      return;
    }
    if (node.op() instanceof Op.Arithmetic arithmetic) {
      Operator operator = arithmetic.operator();
      boolean adds =
          operator == Operator.ADD
              || operator == Operator.UADD_CHECKED
              || operator == Operator.SADD_CHECKED;
      boolean subtracts =
          operator == Operator.SUB
              || operator == Operator.USUB_CHECKED
              || operator == Operator.SSUB_CHECKED;
      if (adds || subtracts) {
        sum(node.input(0), new Sum(node.id(), adds ? Operator.SUB : Operator.ADD, node.input(1)));
      }
      if (adds) {
        sum(node.input(1), new Sum(node.id(), Operator.SUB, node.input(0)));
      }
    } else if (node.op() instanceof Op.Extend) {
      sum(node.input(0), new Sum(node.id(), Operator.ADD, node.id()));
    }
  }

  private void sum(int of, Sum sum) {
    int number = numbers.of(of);
    if (sums.get(number).isEmpty()) {
      sums.set(number, new ArrayList<>());
    }
    if (sums.get(number).size() < MOST) {
      sums.get(number).add(sum);
    }
  }

  /** In {@code block}, and all that it dominates, the value stands in a relation to another. */
  record Known(int block, Relation relation, int other) {}

  /**
   * A node from which {@code back} by another gives the value; or the value's extension, which is
   * the value if nothing is cut off.
   */
  record Sum(int node, Operator back, int by) {}
}
