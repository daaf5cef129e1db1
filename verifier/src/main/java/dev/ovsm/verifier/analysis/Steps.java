package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.LoopForest;
import dev.ovsm.verifier.graph.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By how much values move in a loop: the distance of a node from a phi of the loop's header in the
 * same iteration, and from that phi to itself in the next one.
 *
 * <p>Loops must be asked about innermost first.
 */
final class Steps {
  /**
   * So often is each node looked at, over all loops, and a little more; programs in use need less.
   */
  private static final int LOOKS = 3;

  private static final int MOST_LOOKS = 20_000;

  private final Graph graph;
  private final LoopForest loops;
  private final Ranges ranges;
  private final Map<Integer, Step> perIteration = new HashMap<>();
  private final Map<Integer, Long> iterations = new HashMap<>();
  private final Elapsed elapsed;
  private @Nullable Forms forms;

  /** So many nodes may still be looked at, over all loops. */
  private int room;

  Steps(Ranges ranges) {
    this.ranges = ranges;
    this.graph = ranges.graph();
    this.loops = graph.loops();
    this.elapsed = new Elapsed(ranges, this);
    this.room = MOST_LOOKS + LOOKS * graph.nodes().size();
  }

  /** Notes how often the back edges of a loop are taken at most, each time it is entered. */
  void bounded(int loop, long times) {
    iterations.put(loop, times);
  }

  /** How often the back edges of a loop are taken at most, {@link LoopBound#NONE} if not known. */
  long times(int loop) {
    return iterations.getOrDefault(loop, LoopBound.NONE);
  }

  /** How many rounds of loops may be over. */
  Elapsed elapsed() {
    return elapsed;
  }

  /** How far a phi of a header moves in an iteration, or null if it is set anew or unknown. */
  @Nullable Step of(int phi) {
    if (!perIteration.containsKey(phi)) {
      Step all = null;
      boolean known = true;
      Node node = graph.node(phi);
      Block header = graph.block(node.block());
      for (int i = 0; known && i < node.inputs().length; i++) {
        int from = header.predecessors()[i];
        if (isLatch(header.id(), from) && ranges.passes(from)) {
          Step one = distance(header.id(), phi, node.input(i));
          known = one != null;
          all = one == null ? null : all == null ? one : all.join(one);
        }
      }
      perIteration.put(phi, known ? all : null);
    }
    return perIteration.get(phi);
  }

  /** How many nodes were looked at. */
  long looks() {
    long over = (long) MOST_LOOKS + (long) LOOKS * graph.nodes().size() - room;
    return over + (forms == null ? 0 : forms.looks());
  }

  private boolean isLatch(int header, int block) {
    return graph.cfg().isReachable(block) && loops.contains(header, block);
  }

  /** How far a node in a loop lies above a phi of its header, or null. */
  @Nullable Step distance(int loop, int phi, int node) {
    Form form = form(loop, node);
    return form == null ? null : form.above(phi);
  }

  /** What a node is a sum of, in an iteration of a loop, or null. */
  @Nullable Form form(int loop, int node) {
    if (forms == null || forms.loop() != loop) {
      room -= forms == null ? 0 : forms.looks();
      forms = new Forms(loop, ranges, this, Math.max(room, 0));
    }
    return forms.of(node);
  }

  /** By how much a phi of an inner header has moved when its loop is left, or null. */
  @Nullable Step afterLoop(int phi) {
    return after(phi, times(graph.node(phi).block()));
  }

  /** By how much a phi of an inner header may have moved when control is in a block of its loop. */
  @Nullable Step during(int phi, int block) {
    return after(phi, elapsed.rounds(graph.node(phi).block(), block));
  }

  private @Nullable Step after(int phi, long rounds) {
    Step each = perIteration.get(phi);
    if (rounds == 0) {
      return Step.NONE;
    }
    if (each == null || each.equals(Step.NONE)) {
      return each;
    }
    return rounds == LoopBound.NONE ? null : each.repeated(rounds);
  }
}
