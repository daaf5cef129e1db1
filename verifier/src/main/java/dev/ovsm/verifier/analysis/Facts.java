package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What branches say of values: for every value number what holds in which blocks. */
final class Facts {
  /** So many facts that hold of a value in a block are looked at, unless fewer are asked for. */
  private static final int MOST = 300;

  /** So many sums of one value are looked at. */
  private static final int MOST_SUMS = 300;

  private final Nest[] nests;
  private final List<List<Sum>> sums;
  private final ValueNumbers numbers;
  private final Dominators dominators;

  private Facts(Nest[] nests, List<List<Sum>> sums, ValueNumbers numbers, Dominators dominators) {
    this.nests = nests;
    this.sums = sums;
    this.numbers = numbers;
    this.dominators = dominators;
  }

  /** What the branches of a graph say. */
  Facts(Graph graph, ValueNumbers numbers) {
    this(new Nest[graph.nodes().size()], new ArrayList<>(), numbers, graph.dominators());
    Map<Integer, List<Known>> all = new HashMap<>();
    for (int id : graph.cfg().order()) {
      Block block = graph.block(id);
      for (Fact fact : block.facts()) {
        add(graph, id, fact.left(), fact.relation(), fact.right(), all);
        add(graph, id, fact.right(), fact.relation().swapped(), fact.left(), all);
      }
    }
    for (int i = 0; i < nests.length; i++) {
      List<Known> known = all.get(i);
      nests[i] = known == null ? Nest.EMPTY : Nest.of(known, dominators);
      sums.add(List.of());
    }
    for (Node node : graph.nodes()) {
      derive(node);
    }
  }

  /** The same where fewer ways are gone, so that facts hold in more blocks. */
  Facts under(Dominators fewer) {
    Nest[] wider = new Nest[nests.length];
    for (int i = 0; i < nests.length; i++) {
      wider[i] = nests[i].under(fewer);
    }
    return new Facts(wider, sums, numbers, fewer);
  }

  /** Which blocks all ways of control to others pass. */
  Dominators dominators() {
    return dominators;
  }

  /** What holds of a value while control is in a block, in the order in which it learns of that. */
  List<Known> in(int node, int block) {
    return in(node, block, MOST);
  }

  /**
   * The same of few facts.
   *
   * @param most if there are more, so many of the last, and before them as many of the last that
   *     compare with constants
   */
  List<Known> in(int node, int block, int most) {
    return nests[numbers.of(node)].in(block, dominators, most);
  }

  /** The sums of this value and another of which something holds. */
  List<Sum> sums(int node) {
    return sums.get(numbers.of(node));
  }

  /** Whether nothing is said of a value, nor of a sum of it. */
  boolean isSilent(int node) {
    int number = numbers.of(node);
    return nests[number].isEmpty() && sums.get(number).isEmpty();
  }

  private void add(
      Graph graph,
      int block,
      int node,
      Relation relation,
      int other,
      Map<Integer, List<Known>> all) {
    if (!(graph.node(node).op() instanceof Op.Constant)) {
      boolean isPlain = graph.node(other).op() instanceof Op.Constant;
      all.computeIfAbsent(numbers.of(node), number -> new ArrayList<>())
          .add(new Known(block, relation, other, isPlain));
    }
  }

  /** A fact about {@code x + y} is one about {@code x}, as far as {@code y} is known. */
  private void derive(Node node) {
    if (nests[numbers.of(node.id())].isEmpty()) {
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
    if (sums.get(number).size() < MOST_SUMS) {
      sums.get(number).add(sum);
    }
  }

  /**
   * In {@code block}, and all that it dominates, the value stands in a relation to another.
   *
   * @param isPlain whether the other is a constant
   */
  record Known(int block, Relation relation, int other, boolean isPlain) {}

  /**
   * A node from which {@code back} by another gives the value; or the value's extension, which is
   * the value if nothing is cut off.
   */
  record Sum(int node, Operator back, int by) {}
}
