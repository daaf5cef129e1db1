package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.LoopForest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most that any execution of a function can come to, when each block counts for something.
 *
 * <p>Loops are folded, inner before outer: a header also counts for all repetitions of the longest
 * way from it back to itself, less one of them if the last iteration, too, passes where repetitions
 * are counted. What then remains has no cycle.
 */
final class LongestPath {
  /** Deep nests of loops are given up on, so that the work stays linear. */
  private static final int DEEPEST = 200;

  private final Graph graph;
  private final LoopForest loops;
  private final Instance instance;
  private final long[] weights;
  private final long[] folded;
  private final long[] credit;
  private final long[] distance;

  /** The block before each on the longest way to it, itself where the way begins. */
  private final int[] before;

  /** The longest way of each folded loop from its header back to itself. */
  private final Map<Integer, int[]> rounds = new HashMap<>();

  private LongestPath(Instance instance, long[] weights) {
    this.instance = instance;
    this.graph = instance.graph();
    this.loops = graph.loops();
    this.weights = weights;
    this.folded = new long[weights.length];
    this.credit = new long[weights.length];
    this.distance = new long[weights.length];
    this.before = new int[weights.length];
  }

  /**
   * The greatest sum of weights over all executions of the instance, {@link Saturated#UNBOUNDED} if
   * there is no bound.
   *
   * @param weights what each block counts for, each time
   */
  static long of(Instance instance, long[] weights) {
    return new LongestPath(instance, weights).total();
  }

  /**
   * How often each block runs in an execution that comes to that sum; all zero if there is no
   * bound.
   *
   * @param weights what each block counts for, each time
   */
  static long[] counts(Instance instance, long[] weights) {
    LongestPath path = new LongestPath(instance, weights);
    return path.counts(path.total());
  }

  private long[] counts(long total) {
    long[] counts = new long[weights.length];
    if (total == Saturated.UNBOUNDED || total == 0) {
      return counts;
    }
    long[] repetitions = new long[weights.length];
    int end = 0;
    for (int block : instance.ranges().live()) {
      end = distance[block] > distance[end] ? block : end;
    }
    follow(way(end), -1, 1, counts, repetitions);
    List<Integer> outermostFirst = new ArrayList<>(loops.innermostFirst());
    Collections.reverse(outermostFirst);
    for (int loop : outermostFirst) {
      int[] round = rounds.get(loop);
      if (round != null && repetitions[loop] > 0) {
        follow(round, loop, repetitions[loop], counts, repetitions);
      }
    }
    return counts;
  }

  /** Counts a way that is gone so many times, and how often the loops on it then repeat. */
  private void follow(int[] way, int loop, long times, long[] counts, long[] repetitions) {
    BitSet passed = new BitSet();
    for (int block : way) {
      passed.set(block);
      counts[block] += times;
    }
    for (int block : way) {
      LoopBound bound = instance.bounds().get(block);
      if (block != loop && bound != null && rounds.containsKey(block)) {
        boolean less = bound.turn() >= 0 && bound.times() > 0 && passed.get(bound.turn());
        repetitions[block] += Saturated.product(times, bound.times() - (less ? 1 : 0));
      }
    }
  }

  /** The longest way to a block, as it was last found. */
  private int[] way(int end) {
    List<Integer> way = new ArrayList<>(List.of(end));
    for (int block = end; before[block] != block; block = before[block]) {
      way.add(before[block]);
    }
    Collections.reverse(way);
    return way.stream().mapToInt(Integer::intValue).toArray();
  }

  private long total() {
    Map<Integer, List<Integer>> bodies = bodies();
    for (int loop : loops.innermostFirst()) {
      List<Integer> body = bodies.get(loop);
      if (body != null) {
        fold(loop, body);
      }
    }
    int[] order = instance.ranges().live();
    relax(order, order.length, 0);
    return Arrays.stream(distance).max().orElse(0);
  }

  /** The reachable blocks of each loop in reverse postorder. */
  private Map<Integer, List<Integer>> bodies() {
    Map<Integer, List<Integer>> bodies = new HashMap<>();
    for (int block : instance.ranges().live()) {
      int loop = loops.innermost(block);
      for (int depth = 0; loop >= 0; depth++) {
        if (depth > DEEPEST) {
          folded[loop] = Saturated.UNBOUNDED;
          break;
        }
        bodies.computeIfAbsent(loop, l -> new ArrayList<>()).add(block);
        loop = loops.outer(loop);
      }
    }
    return bodies;
  }

  private void fold(int loop, List<Integer> body) {
    LoopBound bound = instance.bounds().get(loop);
    long times = bound == null ? LoopBound.NONE : bound.times();
    if (loops.isIrreducible(loop)) {
      boolean counts = body.stream().anyMatch(block -> weights[block] > 0 || folded[block] > 0);
      folded[loop] = counts ? Saturated.UNBOUNDED : 0;
      return;
    }
    relax(body.stream().mapToInt(Integer::intValue).toArray(), body.size(), loop);
    long around = 0;
    int last = -1;
    for (int latch : graph.cfg().predecessors(loop)) {
      if (loops.contains(loop, latch) && distance[latch] > around) {
        around = distance[latch];
        last = latch;
      }
    }
    if (last >= 0) {
      rounds.put(loop, way(last));
    }
    folded[loop] = Saturated.sum(folded[loop], Saturated.product(around, times));
    if (folded[loop] != Saturated.UNBOUNDED && bound != null && bound.turn() >= 0 && times > 0) {
      credit[bound.turn()] += around;
    }
  }

  /** The longest way from {@code start} to each of the blocks, all inside them, without cycles. */
  private void relax(int[] blocks, int count, int start) {
    for (int i = 0; i < count; i++) {
      distance[blocks[i]] = -1;
    }
    for (int i = 0; i < count; i++) {
      int block = blocks[i];
      long shorter = block == start ? 0 : -1;
      before[block] = block;
      for (int predecessor : graph.cfg().predecessors(block)) {
        boolean back = graph.cfg().position(predecessor) >= graph.cfg().position(block);
        boolean leads = block != start && !back && instance.ranges().passes(predecessor);
        if (leads && distance[predecessor] > shorter) {
          shorter = distance[predecessor];
          before[block] = predecessor;
        }
      }
      boolean runs = shorter >= 0 && instance.ranges().reaches(block);
      long after = Saturated.sum(shorter, Saturated.sum(weights[block], folded[block]));
      long less = after == Saturated.UNBOUNDED ? 0 : credit[block];
      distance[block] = runs ? after - less : -1;
    }
  }
}
