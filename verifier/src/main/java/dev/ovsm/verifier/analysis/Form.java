package dev.ovsm.verifier.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value as a sum, modulo 2^64: of multiples of other values, and of a number that lies in an
 * interval.
 *
 * @param terms at most one for each value, ascending by value
 */
record Form(List<Term> terms, Step rest) {
  /** Longer sums are not followed. */
  private static final int MOST = 6;

  Form {
    terms = List.copyOf(terms);
  }

  /**
   * A multiple of a value.
   *
   * @param within where the value lies in signed order, or null if that is not of use
   */
  record Term(int value, long times, @Nullable Step within) {
    private @Nullable Step product() {
      return within == null ? null : within.times(times);
    }
  }

  static Form number(Step step) {
    return new Form(List.of(), step);
  }

  static Form value(int node, @Nullable Step within) {
    return new Form(List.of(new Term(node, 1, within)), Step.NONE);
  }

  /** How often a value is counted in. */
  long times(int value) {
    return terms.stream().filter(term -> term.value == value).mapToLong(Term::times).sum();
  }

  /** This and a multiple of another; null if it cannot be followed. */
  @Nullable Form plus(Form other, long factor) {
    Step more = other.rest.times(factor);
    Step sum = more == null ? null : rest.add(more);
    List<Term> all = new ArrayList<>();
    int i = 0;
    for (Term term : other.terms) {
      while (i < terms.size() && terms.get(i).value < term.value) {
        all.add(terms.get(i++));
      }
      boolean both = i < terms.size() && terms.get(i).value == term.value;
      long times = term.times * factor + (both ? terms.get(i).times : 0);
      Step within = both && terms.get(i).within != null ? terms.get(i).within : term.within;
      if (times != 0) {
        all.add(new Term(term.value, times, within));
      }
      i += both ? 1 : 0;
    }
    all.addAll(terms.subList(i, terms.size()));
    return sum == null || all.size() > MOST ? null : new Form(all, sum);
  }

  /** A multiple of this; null if it cannot be followed. */
  @Nullable Form scaled(long factor) {
    return number(Step.NONE).plus(this, factor);
  }

  /** What holds if either may be meant; null if that cannot be followed. */
  @Nullable Form join(Form other) {
    List<Term> common = new ArrayList<>();
    for (Term term : terms) {
      for (Term same : other.terms) {
        if (same.value == term.value && same.times == term.times) {
          Step one = term.within;
          Step two = same.within;
          Step within = one == null || two == null ? null : one.join(two);
          common.add(new Term(term.value, term.times, within));
        }
      }
    }
    Step mine = closed(common);
    Step its = other.closed(common);
    return mine == null || its == null ? null : new Form(common, mine.join(its));
  }

  /** Where it lies above the sum of some of its terms, or null. */
  @Nullable Step closed(List<Term> open) {
    Step all = rest;
    for (Term term : terms) {
      boolean counts = open.stream().noneMatch(other -> other.value == term.value);
      Step more = counts ? term.product() : Step.NONE;
      all = more == null || all == null ? null : all.add(more);
    }
    return all;
  }

  /** Where it lies above a value, counted in once, or null. */
  @Nullable Step above(int value) {
    return times(value) == 1 ? closed(List.of(new Term(value, 1, null))) : null;
  }
}
