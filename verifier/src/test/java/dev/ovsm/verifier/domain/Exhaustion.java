package dev.ovsm.verifier.domain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Holds a claim to every pair of two lists of sets, by the results of all their members.
 *
 * <p>The results for a left set and each single right word are kept, so that each pair of sets only
 * adds the words that are new to the right one. Sets of which a claim says the same are taken as
 * one.
 */
final class Exhaustion {
  private final Claim claim;
  private final int width;
  private final List<Element> rights;
  private final int count;
  private final long[][] table;

  Exhaustion(Claim claim, int width, List<Element> rights) {
    this.claim = claim;
    this.width = width;
    this.rights = alike(rights, claim::right);
    this.count = rights.size();
    int size = 1 << width;
    this.table = new long[size][size];
    for (int left = 0; left < size; left++) {
      for (int right = 0; right < size; right++) {
        table[left][right] = claim.exact(left, right);
      }
    }
  }

  /** The sets, or if many are alike, one of each kind with the members of all of them. */
  private static List<Element> alike(List<Element> sets, Function<Word, Object> kind) {
    record Kind(Word first, BitSet members) {}

    Map<Object, Kind> kinds = new LinkedHashMap<>();
    BitSet all = new BitSet();
    for (Element set : sets) {
      if (set.fresh()) {
        all.clear();
      }
      for (long word : set.added()) {
        all.set((int) word);
      }
      kinds
          .computeIfAbsent(kind.apply(set.word()), own -> new Kind(set.word(), new BitSet()))
          .members
          .or(all);
    }
    if (kinds.size() > sets.size() * 2 / 3) {
      return sets;
    }
    List<Element> some = new ArrayList<>();
    for (Kind one : kinds.values()) {
      some.add(new Element(one.first, true, one.members.stream().asLongStream().toArray()));
    }
    return some;
  }

  /** How many pairs were checked; an error tells of one for which the claim is wrong. */
  long check(List<Element> lefts) {
    chains(alike(lefts, claim::left)).parallelStream().forEach(this::checkChain);
    return (long) lefts.size() * count;
  }

  /** The lists of sets of which each but the first follows from the one before. */
  private static List<List<Element>> chains(List<Element> elements) {
    List<List<Element>> chains = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= elements.size(); at++) {
      if (at == elements.size() || elements.get(at).fresh()) {
        chains.add(elements.subList(from, at));
        from = at;
      }
    }
    return chains;
  }

  private void checkChain(List<Element> chain) {
    Hull[] columns = new Hull[1 << width];
    for (int right = 0; right < columns.length; right++) {
      columns[right] = new Hull(width);
    }
    long size = 0;
    for (Element left : chain) {
      for (long word : left.added()) {
        size++;
        for (int right = 0; right < columns.length; right++) {
          long result = table[(int) word][right];
          if (result != Claim.NONE) {
            columns[right].add(result);
          }
        }
      }
      checkRow(left.word(), columns, size);
    }
  }

  private void checkRow(Word left, Hull[] columns, long lefts) {
    Hull results = new Hull(width);
    long size = 0;
    for (Element right : rights) {
      if (right.fresh()) {
        results.clear();
        size = 0;
      }
      for (long word : right.added()) {
        size++;
        results.add(columns[(int) word]);
      }
      if (!claim.holds(left, right.word(), results, lefts * size)) {
        throw new AssertionError(claim + " of " + left + " and " + right.word());
      }
    }
  }
}
