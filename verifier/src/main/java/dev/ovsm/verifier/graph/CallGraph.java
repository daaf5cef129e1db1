package dev.ovsm.verifier.graph;

import java.util.ArrayList;
import java.util.List;

/** Who calls whom. */
public final class CallGraph {
  private final int[][] callees;
  private final Components components;
  private final List<Integer> calleesFirst = new ArrayList<>();

  private CallGraph(int[][] callees) {
    this.callees = callees;
    this.components = new Components(callees);
    for (int[] members : components.successorsFirst()) {
      for (int member : members) {
        calleesFirst.add(member);
      }
    }
  }

  /** Who calls whom among graphs, each named by its index. */
  public static CallGraph of(List<Graph> graphs) {
    return new CallGraph(graphs.stream().map(CallGraph::callees).toArray(int[][]::new));
  }

  /** The graph in which function {@code i} calls {@code callees[i]}; the array is kept. */
  public static CallGraph of(int[][] callees) {
    return new CallGraph(callees);
  }

  private static int[] callees(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> graph.cfg().isReachable(node.block()))
        .map(Node::op)
        .filter(op -> op instanceof Op.Call)
        .mapToInt(op -> ((Op.Call) op).callee())
        .distinct()
        .toArray();
  }

  /** The functions that one calls, each once. */
  public int[] callees(int function) {
    return callees[function];
  }

  /** Whether a function can come to call itself. */
  public boolean isRecursive(int function) {
    return components.isCyclic(function);
  }

  /** Whether two functions can come to call each other. */
  public boolean areMutual(int one, int other) {
    return components.areMutual(one, other);
  }

  /** All functions, each after those it calls, as far as there is no recursion. */
  public List<Integer> calleesFirst() {
    return calleesFirst;
  }
}
