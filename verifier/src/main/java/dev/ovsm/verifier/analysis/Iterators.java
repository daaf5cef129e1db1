package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many numbers the runtime's number iterators give.
 *
 * <p>An iterator counts only if its memory is an object of the frame that nothing but the iterator
 * calls ever sees.
 */
final class Iterators {
  private final Graph graph;
  private final Ranges ranges;
  private final Map<Integer, List<Node>> begun = new HashMap<>();
  private final Set<Integer> spoiled = new HashSet<>();

  Iterators(Ranges ranges) {
    this.ranges = ranges;
    this.graph = ranges.graph();
    for (Node node : graph.nodes()) {
      for (int i = 0; i < node.inputs().length; i++) {
        int used = ranges.numbers().of(node.input(i));
        if (graph.node(used).op() instanceof Op.Address) {
          note(node, i, used);
        }
      }
    }
  }

  private void note(Node user, int input, int object) {
    boolean first = input == 0;
    if (first && is(user, Syscall.SOL_ITER_NUM_NEW)) {
      begun.computeIfAbsent(object, o -> new ArrayList<>()).add(user);
    } else {
      boolean known =
          first
              && (user.op() instanceof Op.Require
                  || is(user, Syscall.SOL_ITER_NUM_NEXT)
                  || is(user, Syscall.SOL_ITER_NUM_CURRENT)
                  || is(user, Syscall.SOL_ITER_NUM_DESTROY));
      if (!known) {
        spoiled.add(object);
      }
    }
  }

  private static boolean is(Node node, Syscall syscall) {
    return node.op() instanceof Op.Syscall call && call.hash() == syscall.hash();
  }

  /**
   * How often a call of {@code next} in a loop can give a number each time the loop is entered, or
   * {@link LoopBound#NONE} if {@code node} is no such call or the iterator cannot be followed.
   */
  long times(int loop, int node) {
    Node next = graph.node(node);
    if (!is(next, Syscall.SOL_ITER_NUM_NEXT)) {
      return LoopBound.NONE;
    }
    int object = ranges.numbers().of(next.input(0));
    if (spoiled.contains(object) || !begun.containsKey(object)) {
      return LoopBound.NONE;
    }
    boolean dominated = false;
    long most = 0;
    for (Node begin : begun.get(object)) {
      if (graph.loops().contains(loop, begin.block())) {
        return LoopBound.NONE;
      }
      dominated |= graph.dominators().dominates(begin.block(), loop);
      Word start = ranges.in(begin.input(1), begin.block());
      Word end = ranges.in(begin.input(2), begin.block());
      most = Math.max(most, count(start, end));
    }
    return dominated ? most : LoopBound.NONE;
  }

  private static long count(Word start, Word end) {
    if (start.isEmpty() || end.isEmpty() || end.smax() <= start.smin()) {
      return 0;
    }
    long count = end.smax() - start.smin();
    return count < 0 ? LoopBound.NONE : count;
  }
}
