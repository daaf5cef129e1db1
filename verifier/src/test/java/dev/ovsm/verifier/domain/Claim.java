package dev.ovsm.verifier.domain;

import java.util.ArrayList;
import java.util.List;

/** What an abstract operation says of two sets of words, and what is true of their members. */
interface Claim {
  /** Says that there is no result. */
  long NONE = -1;

  /** The result for two words, which the set that is claimed must have, or {@link #NONE}. */
  long exact(long left, long right);

  /**
   * Whether what is claimed holds.
   *
   * @param results the results of all pairs of members
   * @param pairs how many pairs there are
   */
  boolean holds(Word left, Word right, Hull results, long pairs);

  /** The claims of every operator, relation and operation on sets, for words of a width. */
  static List<Claim> all(int width) {
    List<Claim> all = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      all.add(of(operator, width));
    }
    for (Relation relation : Relation.values()) {
      all.add(of(relation, width));
    }
    all.add(
        new Claim() {
          @Override
          public long exact(long left, long right) {
            return left == right ? left : NONE;
          }

          @Override
          public boolean holds(Word left, Word right, Hull results, long pairs) {
            return results.isWithin(left.meet(right));
          }

          @Override
          public String toString() {
            return "meet";
          }
        });
    all.add(join(width, "join", true));
    all.add(join(width, "join with its left", false));
    return all;
  }

  private static Claim of(Operator operator, int width) {
    return new Claim() {
      @Override
      public long exact(long left, long right) {
        return operator.evaluate(left, right, width).orElse(NONE);
      }

      @Override
      public boolean holds(Word left, Word right, Hull results, long pairs) {
        return results.isWithin(Arithmetic.apply(operator, left, right));
      }

      @Override
      public String toString() {
        return operator.toString();
      }
    };
  }

  /** A relation leaves of the left set what stands in it to something, and decides soundly. */
  private static Claim of(Relation relation, int width) {
    return new Claim() {
      @Override
      public long exact(long left, long right) {
        return relation.holds(left, right, width) ? left : NONE;
      }

      @Override
      public boolean holds(Word left, Word right, Hull results, long pairs) {
        boolean decided =
            switch (relation.decide(left, right)) {
              case TRUE -> results.count() == pairs;
              case FALSE -> results.count() == 0;
              case EITHER -> true;
              case NEVER -> pairs == 0;
            };
        return decided && results.isWithin(relation.refine(left, right));
      }

      @Override
      public String toString() {
        return relation.toString();
      }
    };
  }

  /** Joins and widenings have the members of one side; whoever includes a set has its members. */
  private static Claim join(int width, String name, boolean ofRight) {
    long[] thresholds = Thresholds.around(new long[] {10, 3L << (width - 2)});
    return new Claim() {
      @Override
      public long exact(long left, long right) {
        return ofRight ? right : left;
      }

      @Override
      public boolean holds(Word left, Word right, Hull results, long pairs) {
        return results.isWithin(left.join(right))
            && results.isWithin(left.widen(right, thresholds))
            && (!left.includes(right) || !ofRight || results.isWithin(left));
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
