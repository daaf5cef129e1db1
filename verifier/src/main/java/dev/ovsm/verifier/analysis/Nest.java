package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Dominators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The facts of one value. Each holds in a subtree of the tree of dominators, and of two subtrees
 * one lies in the other or they are apart: what holds in a block is found without a look at facts
 * that hold elsewhere.
 */
final class Nest {
  static final Nest EMPTY = new Nest(List.of());

  private static final int NONE = -1;

  /** In the order of their subtrees. */
  private final List<Facts.Known> known;

  /** Of each the innermost other in whose subtree it lies. */
  private final int[] outer;

  /** The same among those that compare with a constant. */
  private final int[] plainer;

  private Nest(List<Facts.Known> known) {
    this.known = known;
    this.outer = new int[known.size()];
    this.plainer = new int[known.size()];
  }

  /**
   * Nests facts.
   *
   * @param known those of one block in the order in which they are to be told
   */
  static Nest of(List<Facts.Known> known, Dominators dominators) {
    List<Facts.Known> sorted = known;
    if (known.size() > 1) {
      sorted =
          known.stream()
              .sorted(Comparator.comparingInt(fact -> dominators.position(fact.block())))
              .toList();
    }
    Nest nest = new Nest(sorted);
    for (int i = 0; i < sorted.size(); i++) {
      int around = i - 1;
      while (around != NONE
          && !dominators.dominates(sorted.get(around).block(), sorted.get(i).block())) {
        around = nest.outer[around];
      }
      nest.outer[i] = around;
      nest.plainer[i] = nest.plain(around);
    }
    return nest;
  }

  /** The same facts where fewer ways are gone, so that they hold in more blocks. */
  Nest under(Dominators fewer) {
    return known.size() > 1 ? of(known, fewer) : this;
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  /** The innermost comparison with a constant from a fact on outwards. */
  private int plain(int fact) {
    return fact == NONE || known.get(fact).isPlain() ? fact : plainer[fact];
  }

  /**
   * What holds in a block, in the order in which control learns of it.
   *
   * @param most if there are more, so many of the last, and before them as many of the last that
   *     compare with constants
   */
  List<Facts.Known> in(int block, Dominators dominators, int most) {
    int inner = last(block, dominators);
    while (inner != NONE && !dominators.dominates(known.get(inner).block(), block)) {
      inner = outer[inner];
    }
    if (inner == NONE) {
      return List.of();
    }
    if (known.size() == 1) {
      return known;
    }
    List<Facts.Known> holding = new ArrayList<>();
    int at = inner;
    for (; at != NONE && holding.size() < most; at = outer[at]) {
      holding.add(known.get(at));
    }
    for (at = plain(at); at != NONE && holding.size() < 2 * most; at = plainer[at]) {
      holding.add(known.get(at));
    }
    Collections.reverse(holding);
    return holding;
  }

  /** The last fact whose subtree begins no later than at a block. */
  private int last(int block, Dominators dominators) {
    int position = dominators.position(block);
    int low = NONE;
    int high = known.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (dominators.position(known.get(middle).block()) <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
