package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.HashMap;
import java.util.Map;

/**
 * How many rounds of a loop may be over when control is in a block of it: behind a test of a
 * counter as many as the counter then can have counted.
 */
final class Elapsed {
  private static final long SMALL = 1L << 60;

  private final Ranges ranges;
  private final Graph graph;
  private final Steps steps;
  private final Map<Long, Long> known = new HashMap<>();

  /** Counts rounds by how far values have moved. */
  Elapsed(Ranges ranges, Steps steps) {
    this.ranges = ranges;
    this.graph = ranges.graph();
    this.steps = steps;
  }

  /**
   * At most so many back edges were taken since the loop was entered, {@link LoopBound#NONE} if
   * there is no bound.
   */
  long rounds(int loop, int block) {
    long most = steps.times(loop);
    if (most == LoopBound.NONE || most == 0 || !graph.loops().contains(loop, block)) {
      return most;
    }
    return known.computeIfAbsent((long) loop << 32 | block, key -> counted(loop, block, most));
  }

  private long counted(int loop, int block, long bound) {
    long most = bound;
    for (int id : graph.block(loop).nodes()) {
      Node phi = graph.node(id);
      Step each = phi.op() instanceof Op.Phi ? steps.of(id) : null;
      if (each != null && each.low() > 0) {
        Word now = ranges.in(id, block);
        long first = first(phi);
        Step whole = each.repeated(bound);
        // A counter that does not wrap around has counted the rounds.
        boolean small = now.umax() >= 0 && first >= 0 && first < SMALL && whole != null;
        most = small ? Math.min(most, Math.max(0, now.umax() - first) / each.low()) : most;
      }
    }
    return most;
  }

  /** The least that a phi of a header is before its loop, -1 if it is not known. */
  private long first(Node phi) {
    long least = Long.MAX_VALUE;
    int[] predecessors = graph.block(phi.block()).predecessors();
    for (int i = 0; i < predecessors.length; i++) {
      int from = predecessors[i];
      boolean counts = graph.cfg().isReachable(from) && ranges.passes(from);
      if (counts && !graph.loops().contains(phi.block(), from)) {
        Word word = ranges.in(phi.input(i), from);
        least = Math.min(least, word.umin() < 0 ? -1 : word.umin());
      }
    }
    return least == Long.MAX_VALUE ? -1 : least;
  }
}
