package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a way through a function on which something goes wrong with a resource, such that no
 * two comparisons on it contradict each other; the shortest is found first.
 */
final class WaySearch {
  /** So many blocks are looked at. */
  private static final int MOST_STEPS = 20_000;

  /** So often a block is come to in one phase. */
  private static final int MOST_VISITS = 24;

  /** So many branches of a way are told. */
  private static final int LONGEST = 12;

  private final Instance instance;
  private final Graph graph;
  private final Handle handle;
  private final Map<Integer, Change> changes;
  private final Map<Long, Integer> visits = new HashMap<>();
  private final Fuel fuel;
  private boolean cut;

  /**
   * A search for ways on which a resource changes.
   *
   * @param fuel for the blocks that are looked at
   */
  WaySearch(Instance instance, Handle handle, Map<Integer, Change> changes, Fuel fuel) {
    this.fuel = fuel;
    this.instance = instance;
    this.graph = instance.graph();
    this.handle = handle;
    this.changes = changes;
  }

  /** Where to: a misuse at a node, or the function's end well in a phase that is open. */
  record Target(Misuse misuse, int node) {
    static final int END = -1;
  }

  /** A block on a way, and the phase in which control comes to it. */
  private record Spot(int block, Phase phase, @Nullable Spot before, boolean isFresh) {}

  /**
   * What a search comes to.
   *
   * @param way the branches taken, or null if none was found
   * @param isComplete whether there is no way at all if none was found
   */
  record Found(@Nullable List<Place> way, boolean isComplete) {}

  /** Looks for the shortest way from the function's beginning. */
  Found find(Phase before, Target target) {
    visits.clear();
    cut = false;
    Deque<Spot> open = new ArrayDeque<>();
    open.add(new Spot(0, before, null, true));
    for (int step = 0; !open.isEmpty(); step++) {
      if (step > MOST_STEPS || !fuel.take(1)) {
        return new Found(null, false);
      }
      Spot spot = open.remove();
      int phases = spot.phase.only();
      for (int id : graph.block(spot.block).nodes()) {
        Change change = changes.get(id);
        if (change == null) {
          continue;
        }
        int after = 0;
        for (Phase phase : Phase.values()) {
          if (phase.isIn(phases)) {
            if (id == target.node && change.wrong()[phase.index()] == target.misuse) {
              return new Found(way(spot), true);
            }
            after |= change.after()[phase.index()];
          }
        }
        phases = after;
      }
      if (target.node == Target.END && Phase.OPEN.isIn(phases) && endsWell(spot)) {
        return new Found(way(spot), true);
      }
      for (int next : graph.cfg().successors(spot.block)) {
        for (Phase phase : Phase.values()) {
          if (phase.isIn(phases)) {
            extend(open, spot, next, phase);
          }
        }
      }
    }
    return new Found(null, !cut && !fuel.isSpent());
  }

  private void extend(Deque<Spot> open, Spot spot, int next, Phase phase) {
    boolean again = isOn(spot, next);
    if (!instance.ranges().reaches(next) || !fits(spot, next, phase)) {
      return;
    }
    long key = (long) next * Phase.COUNT + phase.index();
    if (visits.merge(key, 1, Integer::sum) > MOST_VISITS) {
      cut = true;
      return;
    }
    open.add(new Spot(next, phase, spot, !again));
  }

  private boolean isOn(Spot spot, int block) {
    for (Spot at = spot; at != null && fuel.take(1); at = at.before) {
      if (at.block == block) {
        return true;
      }
    }
    return false;
  }

  /** Whether the facts of a block agree with those on the way there, and with the phase. */
  private boolean fits(Spot spot, int next, Phase phase) {
    for (Fact fact : graph.block(next).facts()) {
      int left = number(fact.left());
      int right = number(fact.right());
      Word word =
          fact.relation().refine(value(fact.left(), spot.block), value(fact.right(), spot.block));
      if (left == handle.anchor() && handle.resource() == Resource.RECORD) {
        word = phase == Phase.NULL ? word.meet(Word.constant(0)) : word;
        boolean there = phase == Phase.OPEN || phase == Phase.CLOSED;
        word = there ? word.meet(Word.unsigned(1, -1)) : word;
      }
      for (Spot at = spot; at != null && at.isFresh && fuel.take(1); at = at.before) {
        for (Fact known : graph.block(at.block).facts()) {
          if (number(known.left()) == left) {
            boolean same = number(known.right()) == right;
            if (same && known.relation().negated() == fact.relation()) {
              return false;
            }
            word = known.relation().refine(word, value(known.right(), at.block));
          }
        }
      }
      if (word.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private int number(int node) {
    return instance.ranges().numbers().of(node);
  }

  private Word value(int node, int block) {
    return instance.ranges().in(node, block);
  }

  /** Whether the function ends here with a result that tells of no failure. */
  private boolean endsWell(Spot spot) {
    Block block = graph.block(spot.block);
    if (block.exit() != Block.Exit.RETURN || !instance.ranges().passes(spot.block)) {
      return false;
    }
    int result = block.operand();
    Spot at = spot;
    while (result >= 0 && graph.node(result).op() instanceof Op.Phi) {
      Node phi = graph.node(result);
      while (at != null && at.block != phi.block()) {
        at = at.before;
      }
      Spot from = at == null ? null : at.before;
      int[] predecessors = graph.block(phi.block()).predecessors();
      int input = -1;
      for (int i = 0; from != null && i < predecessors.length; i++) {
        input = predecessors[i] == from.block ? phi.input(i) : input;
      }
      if (input < 0) {
        break;
      }
      result = input;
      at = from;
    }
    int where = at == null ? spot.block : at.block;
    return result < 0 || Outcomes.in(instance, result, where).contains(0);
  }

  private List<Place> way(Spot end) {
    List<Place> way = new ArrayList<>();
    for (Spot at = end; at.before != null; at = at.before) {
      if (graph.cfg().successors(at.before.block).length > 1) {
        way.add(graph.block(at.block).place());
      }
    }
    Collections.reverse(way);
    return way.size() > LONGEST ? way.subList(way.size() - LONGEST, way.size()) : way;
  }
}
