package dev.ovsm.verifier.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The strongly connected components of a graph, by Tarjan's algorithm with an explicit stack. */
final class Components {
  private final int[][] successors;
  private final int[] component;
  private final boolean[] isCyclic;
  private final List<int[]> all = new ArrayList<>();

  /** Those of the graph in which {@code i} goes to {@code successors[i]}; the array is kept. */
  Components(int[][] successors) {
    this.successors = successors;
    this.component = new int[successors.length];
    this.isCyclic = new boolean[successors.length];
    new Search().run();
  }

  /** The components, each after those that it goes to. */
  List<int[]> successorsFirst() {
    return all;
  }

  /** Whether a vertex can be reached from itself. */
  boolean isCyclic(int vertex) {
    return isCyclic[vertex];
  }

  /** Whether two vertices can be reached from each other. */
  boolean areMutual(int one, int other) {
    return component[one] == component[other];
  }

  private final class Search {
    private final int[] number = new int[successors.length];
    private final int[] low = new int[successors.length];
    private final int[] next = new int[successors.length];
    private final boolean[] open = new boolean[successors.length];
    private final int[] path = new int[successors.length];
    private final int[] members = new int[successors.length];
    private int depth;
    private int held;
    private int count;

    void run() {
      Arrays.fill(number, -1);
      for (int root = 0; root < successors.length; root++) {
        if (number[root] < 0) {
          enter(root);
          while (depth > 0) {
            step(path[depth - 1]);
          }
        }
      }
    }

    private void enter(int vertex) {
      number[vertex] = low[vertex] = count++;
      open[vertex] = true;
      members[held++] = vertex;
      path[depth++] = vertex;
    }

    private void step(int vertex) {
      if (next[vertex] < successors[vertex].length) {
        int successor = successors[vertex][next[vertex]++];
        isCyclic[vertex] |= successor == vertex;
        if (number[successor] < 0) {
          enter(successor);
        } else if (open[successor]) {
          low[vertex] = Math.min(low[vertex], number[successor]);
        }
        return;
      }
      depth--;
      if (depth > 0) {
        low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[vertex]);
      }
      if (low[vertex] == number[vertex]) {
        close(vertex);
      }
    }

    private void close(int vertex) {
      int first = held;
      do {
        first--;
      } while (members[first] != vertex);
      for (int i = first; i < held; i++) {
        open[members[i]] = false;
        component[members[i]] = vertex;
        isCyclic[members[i]] |= held - first > 1;
      }
      all.add(Arrays.copyOfRange(members, first, held));
      held = first;
    }
  }
}
