package dev.ovsm.verifier.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Who calls whom, by Tarjan's algorithm with an explicit stack. */
public final class CallGraph {
  private final int[][] callees;
  private final int[] component;
  private final boolean[] recursive;
  private final List<Integer> calleesFirst = new ArrayList<>();

  private CallGraph(int[][] callees) {
    this.callees = callees;
    this.component = new int[callees.length];
    this.recursive = new boolean[callees.length];
    new Search().run();
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
    return recursive[function];
  }

  /** Whether two functions can come to call each other. */
  public boolean areMutual(int one, int other) {
    return component[one] == component[other];
  }

  /** All functions, each after those it calls, as far as there is no recursion. */
  public List<Integer> calleesFirst() {
    return calleesFirst;
  }

  private final class Search {
    private final int[] number = new int[callees.length];
    private final int[] low = new int[callees.length];
    private final int[] next = new int[callees.length];
    private final boolean[] open = new boolean[callees.length];
    private final int[] path = new int[callees.length];
    private final int[] members = new int[callees.length];
    private int depth;
    private int held;
    private int count;

    void run() {
      Arrays.fill(number, -1);
      for (int root = 0; root < callees.length; root++) {
        if (number[root] < 0) {
          enter(root);
          while (depth > 0) {
            step(path[depth - 1]);
          }
        }
      }
    }

    private void enter(int function) {
      number[function] = low[function] = count++;
      open[function] = true;
      members[held++] = function;
      path[depth++] = function;
    }

    private void step(int function) {
      if (next[function] < callees[function].length) {
        int callee = callees[function][next[function]++];
        recursive[function] |= callee == function;
        if (number[callee] < 0) {
          enter(callee);
        } else if (open[callee]) {
          low[function] = Math.min(low[function], number[callee]);
        }
        return;
      }
      depth--;
      if (depth > 0) {
        low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[function]);
      }
      if (low[function] == number[function]) {
        close(function);
      }
    }

    private void close(int function) {
      int first = held;
      do {
        first--;
      } while (members[first] != function);
      for (int i = first; i < held; i++) {
        open[members[i]] = false;
        component[members[i]] = function;
        recursive[members[i]] |= held - first > 1;
        calleesFirst.add(members[i]);
      }
      held = first;
    }
  }
}
