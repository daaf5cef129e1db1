package dev.ovsm.ir.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The natural loops of a function as a forest; cycles that a jump enters past their header are not
 * loops here.
 */
public final class Loops {
  private final List<Loop> loops = new ArrayList<>();
  private final int[] innermost;

  /**
   * A loop.
   *
   * @param index its index in {@link #all()}; outer loops come before inner ones
   * @param parent the index of the loop around it, or -1
   * @param depth 1 for an outermost loop
   * @param blocks its blocks, header first, those of inner loops included
   */
  public record Loop(int index, int header, int parent, int depth, List<Integer> blocks) {}

  /** Finds the loops of a graph. */
  public Loops(Cfg cfg, Dominators dominators) {
    this.innermost = new int[cfg.size()];
    Arrays.fill(innermost, -1);
    List<List<Integer>> bodies = new ArrayList<>();
    List<Integer> headers = new ArrayList<>();
    int[] mark = new int[cfg.size()];
    // Headers in reverse postorder: an outer loop's header comes before an inner one's.
    for (int header : cfg.order()) {
      List<Integer> body = body(cfg, dominators, header, mark, headers.size() + 1);
      if (!body.isEmpty()) {
        headers.add(header);
        bodies.add(body);
      }
    }
    for (int i = 0; i < headers.size(); i++) {
      int header = headers.get(i);
      int parent = innermost[header];
      int depth = parent < 0 ? 1 : loops.get(parent).depth + 1;
      loops.add(new Loop(i, header, parent, depth, List.copyOf(bodies.get(i))));
      for (int block : bodies.get(i)) {
        innermost[block] = i;
      }
    }
  }

  /** All loops, outer ones before those inside them. */
  public List<Loop> all() {
    return loops;
  }

  /** The index of the innermost loop around a block, or -1. */
  public int innermost(int block) {
    return innermost[block];
  }

  /** How many loops there are around a block. */
  public int depth(int block) {
    return innermost[block] < 0 ? 0 : loops.get(innermost[block]).depth;
  }

  private static List<Integer> body(
      Cfg cfg, Dominators dominators, int header, int[] mark, int turn) {
    List<Integer> body = new ArrayList<>();
    for (int predecessor : cfg.predecessors(header)) {
      if (dominators.dominates(header, predecessor)) {
        if (body.isEmpty()) {
          body.add(header);
          mark[header] = turn;
        }
        if (mark[predecessor] != turn) {
          mark[predecessor] = turn;
          body.add(predecessor);
        }
      }
    }
    for (int next = 1; next < body.size(); next++) {
      for (int predecessor : cfg.predecessors(body.get(next))) {
        if (mark[predecessor] != turn) {
          mark[predecessor] = turn;
          body.add(predecessor);
        }
      }
    }
    return body;
  }
}
