package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import java.util.BitSet;
import java.util.Map;

/**
 * The phases that a resource can be in at each point of an instance: pairs of a phase when the
 * function begins and one that may follow from it.
 */
final class Course {
  private final Instance instance;
  private final Graph graph;
  private final Handle handle;
  private final Map<Integer, Change> changes;
  private final long[] entering;

  Course(Instance instance, Handle handle, Map<Integer, Change> changes, int before) {
    this.instance = instance;
    this.graph = instance.graph();
    this.handle = handle;
    this.changes = changes;
    this.entering = new long[graph.blocks().size()];
    for (Phase phase : Phase.values()) {
      entering[0] |= phase.isIn(before) ? Conduct.pair(phase, phase) : 0;
    }
    solve();
  }

  private void solve() {
    int[] order = graph.cfg().order();
    BitSet open = new BitSet();
    open.set(0);
    for (int at = open.nextSetBit(0); at >= 0; at = open.nextSetBit(0)) {
      open.clear(at);
      long leaving = leaving(order[at]);
      for (int next : graph.cfg().successors(order[at])) {
        long into = admitted(next, leaving);
        if ((into & ~entering[next]) != 0 && instance.ranges().reaches(next)) {
          entering[next] |= into;
          open.set(graph.cfg().position(next));
        }
      }
    }
  }

  /** The pairs of which the second phase fits what is known of the address in a block. */
  private long admitted(int block, long pairs) {
    int phases = fitting(handle, block);
    long kept = 0;
    for (Phase before : Phase.values()) {
      kept |= (long) (Conduct.after(pairs, before) & phases) << (before.index() * Phase.COUNT);
    }
    return kept;
  }

  private int fitting(Handle one, int block) {
    int all = (1 << Phase.COUNT) - 1;
    if (one.resource() != Resource.RECORD || one.distance() != 0) {
      return all;
    }
    Word address = instance.ranges().in(one.anchor(), block);
    if (address.isEmpty()) {
      return all;
    }
    if (!address.contains(0)) {
      return all & ~Phase.NULL.only();
    }
    return address.isConstant() ? all & ~(Phase.OPEN.only() | Phase.CLOSED.only()) : all;
  }

  /** The pairs when control comes to a block. */
  long entering(int block) {
    return entering[block];
  }

  /** The pairs when control leaves a block. */
  long leaving(int block) {
    return through(block, entering[block]);
  }

  /** The pairs when the function returns in one of its ways. */
  long leaving(Return way) {
    int end = way.end().id();
    return way.way() < 0 ? leaving(end) : through(end, leaving(way.block()));
  }

  private long through(int block, long before) {
    long pairs = before;
    for (int node : graph.block(block).nodes()) {
      Change change = changes.get(node);
      pairs = change == null ? pairs : applied(pairs, change);
    }
    return pairs;
  }

  /** The pairs after a change. */
  static long applied(long pairs, Change change) {
    long all = 0;
    for (Phase before : Phase.values()) {
      int phases = 0;
      for (Phase phase : Phase.values()) {
        boolean may = phase.isIn(Conduct.after(pairs, before));
        phases |= may ? change.after()[phase.index()] : 0;
      }
      all |= (long) phases << (before.index() * Phase.COUNT);
    }
    return all;
  }
}
