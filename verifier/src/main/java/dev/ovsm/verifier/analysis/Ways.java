package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.verifier.graph.Graph;
import java.util.Arrays;
import java.util.Optional;

/** The ways through a graph that control can go. */
final class Ways {
  private static final int[] NOWHERE = {};

  private Ways() {}

  /**
   * The graph of only those ways, if there are fewer than it has.
   *
   * @param reached which blocks control can enter
   * @param ends of which it can reach the end
   */
  static Optional<Cfg> fewer(Graph graph, boolean[] reached, boolean[] ends) {
    int[][] ways = new int[graph.blocks().size()][];
    boolean fewer = false;
    for (int block = 0; block < ways.length; block++) {
      int[] all = graph.cfg().isReachable(block) ? graph.cfg().successors(block) : NOWHERE;
      ways[block] =
          ends[block] ? Arrays.stream(all).filter(next -> reached[next]).toArray() : NOWHERE;
      fewer |= ways[block].length < all.length;
    }
    return fewer ? Optional.of(Cfg.of(ways)) : Optional.empty();
  }
}
