package dev.ovsm.verifier.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds a claim to every pair of two lists of sets, by the results of all their members.
 *
 * <p>The results for a left set and each single right word are kept, so that each pair of sets only
 * adds the words that are new to the right one.
 */
final class Exhaustion {
  private final Claim claim;
  private final int width;
  private final List<Element> rights;
  private final long[][] table;

  Exhaustion(Claim claim, int width, List<Element> rights) {
    this.claim = claim;
    this.width = width;
    this.rights = rights;
    int size = 1 << width;
    this.table = new long[size][size];
    for (int left = 0; left < size; left++) {
      for (int right = 0; right < size; right++) {
        table[left][right] = claim.exact(left, right);
      }
    }
  }

  /** How many pairs were checked; an error tells of one for which the claim is wrong. */
  long check(List<Element> lefts) {
    return chains(lefts).parallelStream().mapToLong(this::checkChain).sum();
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

  private long checkChain(List<Element> chain) {
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
    return (long) chain.size() * rights.size();
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
