package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Thresholds;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;

/**
 * What is known of a graph whatever its arguments are; found once for all its instances.
 *
 * @param thresholds where bounds that grow are stopped, sorted as signed numbers; not to be changed
 */
record Basis(Graph graph, ValueNumbers numbers, Facts facts, long[] thresholds) {
  private static final int MOST_THRESHOLDS = 2_000;

  static Basis of(Graph graph) {
    ValueNumbers numbers = new ValueNumbers(graph);
    return new Basis(graph, numbers, new Facts(graph, numbers), thresholds(graph));
  }

  private static long[] thresholds(Graph graph) {
    if (graph.loops().innermostFirst().isEmpty()) {
      return new long[0];
    }
    return Thresholds.around(
        graph.nodes().stream()
            .map(Node::op)
            .filter(op -> op instanceof Op.Constant)
            .mapToLong(op -> ((Op.Constant) op).value())
            .distinct()
            .limit(MOST_THRESHOLDS)
            .toArray());
  }
}
