package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Fact;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds in every round of a loop after which it repeats.
 *
 * @param ends blocks of which every such round passes one, at most once
 * @param tests what was tested on the way to whichever of them
 */
record Rounds(Ranges ranges, List<Integer> ends, List<Test> tests) {
  /** So many tests on the way to one block of a loop are looked at, unless more are asked for. */
  private static final int FEW = 100;

  Rounds {
    ends = List.copyOf(ends);
    tests = List.copyOf(tests);
  }

  /** A fact and the block on whose entry it holds. */
  record Test(Fact fact, int block) {}

  /** The rounds of a loop that all pass one block on the way to repetition. */
  static Rounds through(Ranges ranges, int loop, int turn) {
    return new Rounds(ranges, List.of(turn), tests(ranges, loop, turn, FEW));
  }

  /** The same with so many tests, if there are more those of the first and last blocks. */
  static Rounds through(Ranges ranges, int loop, int turn, int most) {
    List<Test> tests = tests(ranges, loop, turn, Integer.MAX_VALUE);
    int left = tests.size() - Math.max(most, FEW);
    if (left > 0) {
      int from = (tests.size() - left) / 2;
      tests.subList(from, from + left).clear();
    }
    return new Rounds(ranges, List.of(turn), tests);
  }

  /** The rounds of a loop by the back edge that they take. */
  static Rounds by(Ranges ranges, int loop, List<Integer> latches) {
    List<Test> common = tests(ranges, loop, latches.get(0), FEW);
    for (int latch : latches) {
      List<Test> others = tests(ranges, loop, latch, FEW);
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

  /** What is tested on the way to a block, the last first. */
  private static List<Test> tests(Ranges ranges, int loop, int end, int most) {
    List<Test> tests = new ArrayList<>();
    int at = end;
    while (at != loop && tests.size() < most) {
      for (Fact fact : ranges.graph().block(at).facts()) {
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
