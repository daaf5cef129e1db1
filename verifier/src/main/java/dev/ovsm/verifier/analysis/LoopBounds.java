package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.domain.Arithmetic;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.LoopForest;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on how often loops repeat.
 *
 * <p>The argument is nearly always the same: some value moves in one direction from one iteration
 * to the next, by a step of known size and without wrapping around, and in every iteration that
 * repeats it lies within known limits. Then it repeats at most as often as the step fits between
 * the limits.
 */
final class LoopBounds {
  /** So many tests are tried with so many counters in one loop. */
  private static final int MOST_TRIALS = 30_000;

  private final Graph graph;
  private final LoopForest loops;
  private final Dominators dominators;
  private final Ranges ranges;
  private final Anchors anchors;
  private final Steps steps;
  private final Iterators iterators;
  private final Shrinking shrinking;
  private final Limits limits;
  private final Walks walks;
  private final Rises rises;
  private final Map<Integer, LoopBound> bounds = new LinkedHashMap<>();

  LoopBounds(Ranges ranges, Anchors anchors, Rises rises) {
    this.ranges = ranges;
    this.rises = rises;
    this.anchors = anchors;
    this.graph = ranges.graph();
    this.loops = graph.loops();
    this.dominators = ranges.dominators();
    this.steps = new Steps(ranges);
    this.iterators = new Iterators(ranges);
    this.shrinking = new Shrinking(ranges);
    this.limits = new Limits(ranges);
    this.walks = new Walks(ranges, steps);
    for (int loop : loops.innermostFirst()) {
      LoopBound bound = find(loop);
      bounds.put(loop, bound);
      if (bound.isBounded()) {
        steps.bounded(loop, bound.times());
      }
    }
  }

  /** How values move in the loops. */
  Steps steps() {
    return steps;
  }

  /** The bounds of all loops, inner before outer, by header. */
  Map<Integer, LoopBound> all() {
    return bounds;
  }

  private LoopBound find(int loop) {
    // Outer loops rely on the steps of inner ones being known by then.
    List<Integer> phis = phis(loop);
    phis.forEach(steps::of);
    if (!ranges.reaches(loop)) {
      return bound(loop, -1, 0, "it is never reached");
    }
    if (loops.isIrreducible(loop)) {
      return bound(loop, -1, LoopBound.NONE, "it can be entered in more than one place");
    }
    List<Integer> latches = Rounds.latches(ranges, loop);
    if (latches.isEmpty()) {
      return bound(loop, -1, 0, "it never repeats");
    }
    int turn = Rounds.turn(ranges, latches);
    if (!dominators.dominates(loop, turn)) {
      return bound(loop, -1, LoopBound.NONE, "it can be entered in more than one place");
    }
    Candidates candidates = new Candidates();
    Rounds rounds = Rounds.through(ranges, loop, turn, MOST_TRIALS / (phis.size() + 1));
    for (Rounds.Test test : rounds.tests()) {
      iterate(candidates, loop, test.fact());
    }
    for (int phi : phis) {
      count(candidates, loop, phi, rounds);
    }
    if (candidates.times() == LoopBound.NONE) {
      rounds = Rounds.by(ranges, loop, latches);
      for (int phi : phis) {
        count(candidates, loop, phi, rounds);
      }
      for (int phi : phis) {
        climb(candidates, loop, phi, rounds);
      }
      // What was counted are back edges, of which a last round takes none.
      turn = candidates.times() == LoopBound.NONE ? turn : -1;
    }
    if (candidates.times() == LoopBound.NONE && !leaves(loop)) {
      return bound(loop, turn, LoopBound.NONE, "nothing ever leaves it");
    }
    Step walk = candidates.ends() ? null : walks.of(loop, Rounds.turn(ranges, latches));
    if (walk != null) {
      candidates.ends("it ends where memory ends, through which an address moves by " + walk);
    }
    String reason = candidates.reason(rounds.tests().isEmpty());
    return bound(loop, turn, candidates.times(), candidates.ends(), reason);
  }

  /** Whether control can get out of a loop other than by failing in the middle of a block. */
  private boolean leaves(int loop) {
    for (int block : graph.cfg().order()) {
      if (loops.contains(loop, block) && ranges.passes(block)) {
        int[] successors = graph.cfg().successors(block);
        for (int successor : successors) {
          if (!loops.contains(loop, successor) && ranges.reaches(successor)) {
            return true;
          }
        }
        if (successors.length == 0) {
          return true;
        }
      }
    }
    return false;
  }

  private List<Integer> phis(int loop) {
    List<Integer> phis = new ArrayList<>();
    for (int id : graph.block(loop).nodes()) {
      if (graph.node(id).op() instanceof Op.Phi) {
        phis.add(id);
      }
    }
    return phis;
  }

  private void iterate(Candidates candidates, int loop, Fact fact) {
    Word other = ranges.of(fact.right());
    if (fact.relation() == Relation.NE && other.isConstant() && other.umin() == 0) {
      long times = iterators.times(loop, fact.left());
      candidates.offer(times, () -> "an iterator gives at most " + times + " numbers");
    }
  }

  /** Tries a phi that rises to limits, though nobody knows in which steps. */
  private void climb(Candidates candidates, int loop, int phi, Rounds rounds) {
    long by = Long.MAX_VALUE;
    Word limits = Word.empty(64);
    Node node = graph.node(phi);
    for (int i = 0; i < node.inputs().length; i++) {
      int latch = graph.block(loop).predecessors()[i];
      if (rounds.ends().contains(latch)) {
        by = Math.min(by, rises.above(loop, phi, node.input(i), latch));
        Word limit = by > 0 ? limit(loop, phi, latch) : null;
        if (limit == null) {
          return;
        }
        limits = limits.join(limit);
      }
    }
    Word first = before(phi);
    long way = Math.max(limits.umax() - first.umin(), 0);
    boolean known = limits.umax() >= 0 && first.umin() >= 0;
    long least = by;
    Word most = limits;
    candidates.offer(
        known ? way / by + 1 : LoopBound.NONE,
        () -> "a value rises by at least " + least + " toward " + most);
    candidates.ends("it ends, but the limit of its counter is not known");
  }

  /** What a phi stays below in every round that ends in a latch, or null. */
  private @Nullable Word limit(int loop, int phi, int latch) {
    for (Rounds.Test test : Rounds.through(ranges, loop, latch).tests()) {
      Relation relation = test.fact().relation();
      boolean left = relation == Relation.ULT || relation == Relation.ULE;
      boolean right = relation == Relation.UGT || relation == Relation.UGE;
      boolean strict = relation == Relation.ULT || relation == Relation.UGT;
      int rising = left ? test.fact().left() : test.fact().right();
      int other = left ? test.fact().right() : test.fact().left();
      Word limit = ranges.in(other, test.block());
      boolean stops = (left || right) && (strict || limit.umax() != -1);
      if (stops
          && isInvariant(other, loop)
          && rises.above(loop, phi, rising, test.block()) != Rises.NONE) {
        return limit;
      }
    }
    return null;
  }

  /** Tries a phi of the header, and the values at a fixed distance from it, as counters. */
  private void count(Candidates candidates, int loop, int phi, Rounds rounds) {
    Word first = before(phi);
    Word seen = rounds.seen(phi);
    candidates.offer(shrinking.times(phi, first, seen), () -> "a value from " + first + " shrinks");
    Step step = steps.of(phi);
    if (step == null || !(step.rises() || step.falls())) {
      candidates.stands(step);
      return;
    }
    candidates.move(first, seen, step);
    Counter counter = new Counter(loop, phi, step, first);
    for (Rounds.Test test : rounds.tests()) {
      along(candidates, counter, rounds, test, test.fact().left(), test.fact().right());
      along(candidates, counter, rounds, test, test.fact().right(), test.fact().left());
    }
  }

  /** A phi that moves by a step in each round, and what it is in the first. */
  private record Counter(int loop, int phi, Step step, Word start) {}

  /**
   * Tries a tested value as a counter: it moves as the phi does if it keeps its distance from it.
   */
  private void along(
      Candidates candidates,
      Counter counter,
      Rounds rounds,
      Rounds.Test test,
      int tested,
      int other) {
    int phi = counter.phi;
    Step step = counter.step;
    Step distance = steps.distance(counter.loop, phi, tested);
    if (distance == null || !distance.isFixed()) {
      return;
    }
    Word first = Arithmetic.apply(Operator.ADD, counter.start, Word.constant(distance.low()));
    candidates.move(first, rounds.seen(tested), step);
    if (!isInvariant(other, counter.loop)) {
      return;
    }
    Word limit = ranges.in(other, test.block());
    if (test.fact().relation() == Relation.NE && step.isFixed()) {
      candidates.offer(
          meeting(first, limit, step), () -> "a value from " + first + " meets " + limit);
      Step ahead = ahead(phi, other);
      Step way = ahead == null ? null : ahead.subtract(distance);
      if (way != null) {
        candidates.offer(
            meeting(way, step), () -> "a value meets another that lies " + way + " ahead");
      }
    }
    Relation relation = test.fact().relation();
    relation = tested == test.fact().left() ? relation : relation.swapped();
    if (limits.ends(counter.loop, phi, distance, step, relation, other)) {
      candidates.ends("it ends, but the limit of its counter is not known");
    }
  }

  /** How far a value that does not change lies above a phi of a header when the loop is entered. */
  private @Nullable Step ahead(int phi, int limit) {
    Node node = graph.node(phi);
    Block header = graph.block(node.block());
    Step all = null;
    for (int i = 0; i < node.inputs().length; i++) {
      int from = header.predecessors()[i];
      boolean enters = graph.cfg().isReachable(from) && !loops.contains(header.id(), from);
      if (enters && ranges.passes(from)) {
        Step one = anchors.between(limit, node.input(i));
        if (one == null) {
          return null;
        }
        all = all == null ? one : all.join(one);
      }
    }
    return all;
  }

  /** The same when only the distance to the limit is known. */
  private static long meeting(Step way, Step step) {
    Step toward = step.rises() ? way : Step.NONE.subtract(way);
    long size = Math.abs(step.low());
    boolean multiple = size == 1 || (way.isFixed() && way.low() % size == 0);
    return toward == null || toward.low() < 0 || !multiple ? LoopBound.NONE : toward.high() / size;
  }

  /**
   * How often a value can differ from one that does not change before it meets it; it must lie
   * ahead, and the way to it must be a multiple of the step.
   */
  private static long meeting(Word first, Word limit, Step step) {
    boolean rises = step.rises();
    Word way =
        rises
            ? Arithmetic.apply(Operator.USUB_CHECKED, limit, first)
            : Arithmetic.apply(Operator.USUB_CHECKED, first, limit);
    boolean ahead =
        rises
            ? Long.compareUnsigned(first.umax(), limit.umin()) <= 0
            : Long.compareUnsigned(first.umin(), limit.umax()) >= 0;
    long size = Math.abs(step.low());
    if (way.isEmpty() || !ahead || !way.isMultipleOf(size)) {
      return LoopBound.NONE;
    }
    long times = Long.divideUnsigned(way.umax(), size);
    return times < 0 ? LoopBound.NONE : times;
  }

  /** The values of a phi of a header when the loop is entered. */
  private Word before(int phi) {
    Node node = graph.node(phi);
    Block header = graph.block(node.block());
    Word all = Word.empty(64);
    for (int i = 0; i < node.inputs().length; i++) {
      int from = header.predecessors()[i];
      boolean enters = graph.cfg().isReachable(from) && !loops.contains(header.id(), from);
      if (enters && ranges.passes(from)) {
        all = all.join(ranges.in(node.input(i), from));
      }
    }
    return all;
  }

  private boolean isInvariant(int id, int loop) {
    Node node = graph.node(ranges.numbers().of(id));
    return !loops.contains(loop, node.block()) || node.op() instanceof Op.Constant;
  }

  private LoopBound bound(int loop, int turn, long times, String reason) {
    return bound(loop, turn, times, times != LoopBound.NONE, reason);
  }

  private LoopBound bound(int loop, int turn, long times, boolean ends, String reason) {
    return new LoopBound(loop, turn, times, ends, reason, graph.block(loop).place());
  }
}
