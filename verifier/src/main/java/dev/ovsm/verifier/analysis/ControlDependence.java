package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which blocks run or not depending on what happens in a block. */
final class ControlDependence {
  private static final int EXIT = 0;

  private final Graph graph;
  private final Cfg reversed;
  private final Dominators postdominators;

  ControlDependence(Graph graph) {
    this.graph = graph;
    Cfg terminating = reverse(graph, null);
    this.reversed = reverse(graph, terminating);
    this.postdominators = new Dominators(reversed);
  }

  /**
   * The graph with all edges turned round, block {@code i} as {@code i + 1}, and an exit before all
   * ends. With {@code known}, loops that never end there are given an end.
   */
  private static Cfg reverse(Graph graph, @Nullable Cfg known) {
    List<List<Integer>> edges = new ArrayList<>();
    for (int i = 0; i <= graph.blocks().size(); i++) {
      edges.add(new ArrayList<>());
    }
    for (int block : graph.cfg().order()) {
      int[] successors = graph.cfg().successors(block);
      for (int successor : successors) {
        edges.get(successor + 1).add(block + 1);
      }
      boolean endless =
          known != null && graph.loops().isHeader(block) && !known.isReachable(block + 1);
      if (successors.length == 0 || endless) {
        edges.get(EXIT).add(block + 1);
      }
    }
    return Cfg.of(
        edges.stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new));
  }

  /** The blocks that run only if the branch at the end of a block goes a certain way. */
  List<Integer> onBranch(int block) {
    return upTo(block, reversed.isReachable(block + 1) ? postdominators.parent(block + 1) : EXIT);
  }

  /** The blocks that run only if control passes through a block to its end. */
  List<Integer> onEnd(int block) {
    return upTo(block, EXIT);
  }

  private List<Integer> upTo(int block, int end) {
    List<Integer> dependent = new ArrayList<>();
    for (int successor : graph.cfg().successors(block)) {
      int at = successor + 1;
      while (at != end && at != EXIT && at >= 0) {
        dependent.add(at - 1);
        at = postdominators.parent(at);
      }
    }
    return dependent;
  }
}
