package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds in every round of a loop after which it repeats.
 *
 * @param ends blocks of which every such round passes one, at most once
 * @param tests what was tested on the way to whichever of them
 */
record Rounds(Ranges ranges, List<Integer> ends, List<Test> tests) {
  /** So many facts are looked at on the way through a loop. */
  private static final int MOST_FACTS = 100;

  Rounds {
    ends = List.copyOf(ends);
    tests = List.copyOf(tests);
  }

  /** A fact and the block on whose entry it holds. */
  record Test(Fact fact, int block) {}

  /** The rounds of a loop that all pass one block on the way to repetition. */
  static Rounds through(Ranges ranges, int loop, int turn) {
    return new Rounds(ranges, List.of(turn), tests(ranges, loop, turn));
  }

  /** The rounds of a loop by the back edge that they take. */
  static Rounds by(Ranges ranges, int loop, List<Integer> latches) {
    List<Test> common = tests(ranges, loop, latches.get(0));
    for (int latch : latches) {
      List<Test> others = tests(ranges, loop, latch);
      common.removeIf(
          test -> others.stream().noneMatch(other -> same(ranges.numbers(), test, other)));
    }
    return new Rounds(ranges, latches, common);
  }

  /** The latches of a loop by which it can repeat. */
  static List<Integer> latches(Ranges ranges, int loop) {
    List<Integer> latches = new ArrayList<>();
    for (int latch : ranges.graph().cfg().predecessors(loop)) {
      if (ranges.graph().loops().contains(loop, latch) && ranges.passes(latch)) {
        latches.add(latch);
      }
    }
    return latches;
  }

  /** The last block that all ways to some blocks pass. */
  static int turn(Ranges ranges, List<Integer> blocks) {
    Dominators dominators = ranges.dominators();
    int common = blocks.get(0);
    for (int block : blocks) {
      while (!dominators.dominates(common, block)) {
        common = dominators.parent(common);
      }
    }
    return common;
  }

  private static boolean same(ValueNumbers numbers, Test one, Test other) {
    return one.fact.relation() == other.fact.relation()
        && numbers.of(one.fact.left()) == numbers.of(other.fact.left())
        && numbers.of(one.fact.right()) == numbers.of(other.fact.right());
  }

  private static List<Test> tests(Ranges ranges, int loop, int end) {
    Graph graph = ranges.graph();
    List<Test> tests = new ArrayList<>();
    int at = end;
    while (at != loop && tests.size() < MOST_FACTS) {
      for (Fact fact : graph.block(at).facts()) {
        tests.add(new Test(fact, at));
      }
      at = ranges.dominators().parent(at);
    }
    return tests;
  }

  /** The values of a node in such a round. */
  Word seen(int node) {
    Word all = Word.empty(64);
    for (int end : ends) {
      all = all.join(ranges.in(node, end));
    }
    return all;
  }
}
