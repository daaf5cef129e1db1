package dev.ovsm.verifier.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

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

  /** What the operation looks at of a left set: of sets that are alike in it, it says the same. */
  default Object left(Word left) {
    return left;
  }

  /** What it looks at of a right set. */
  default Object right(Word right) {
    return right;
  }

  /** The claims of every operator, relation and operation on sets, for words of a width. */
  static List<Claim> all(int width) {
    List<Claim> all = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      all.add(of(operator, width));
    }
    for (Relation relation : Relation.values()) {
      all.add(of(relation, width));
    }
    all.addAll(lattice(width));
    return all;
  }

  /**
   * Claims from which all follow, and which take less time: a checked operation is the unchecked
   * one, met with the results that fit; a relation is decided by what is left of either set.
   */
  static List<Claim> parts(int width) {
    List<Claim> parts = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      parts.add(fitting(operator, width));
    }
    for (Relation relation : Relation.values()) {
      parts.add(refinement(relation, width));
    }
    parts.addAll(lattice(width));
    return parts;
  }

  private static List<Claim> lattice(int width) {
    Claim meet =
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
        };
    return List.of(meet, join(width, "join", true), join(width, "join with its left", false));
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
      public Object left(Word left) {
        return Views.of(operator, true).of(left);
      }

      @Override
      public Object right(Word right) {
        return Views.of(operator, false).of(right);
      }

      @Override
      public String toString() {
        return operator.toString();
      }
    };
  }

  /** What of a checked operation is its own, or the operation. */
  private static Claim fitting(Operator operator, int width) {
    if (!operator.name().endsWith("_CHECKED")) {
      return of(operator, width);
    }
    BinaryOperator<Word> apply =
        switch (operator) {
          case UADD_CHECKED -> Sums::unsignedSum;
          case USUB_CHECKED -> Sums::unsignedDifference;
          case UMUL_CHECKED -> Products::unsignedProduct;
          case SADD_CHECKED -> Sums::signedSum;
          case SSUB_CHECKED -> Sums::signedDifference;
          case SMUL_CHECKED -> Products::signedProduct;
          default -> (left, right) -> Arithmetic.apply(operator, left, right);
        };
    Views ends = operator.name().startsWith("U") ? Views.UNSIGNED : Views.SIGNED;
    return new Claim() {
      @Override
      public long exact(long left, long right) {
        return operator.evaluate(left, right, width).orElse(NONE);
      }

      @Override
      public boolean holds(Word left, Word right, Hull results, long pairs) {
        return results.isWithin(apply.apply(left, right));
      }

      @Override
      public Object left(Word left) {
        return ends.of(left);
      }

      @Override
      public Object right(Word right) {
        return ends.of(right);
      }

      @Override
      public String toString() {
        return operator + " what fits";
      }
    };
  }

  private static Claim refinement(Relation relation, int width) {
    return new Claim() {
      @Override
      public long exact(long left, long right) {
        return relation.holds(left, right, width) ? left : NONE;
      }

      @Override
      public boolean holds(Word left, Word right, Hull results, long pairs) {
        return results.isWithin(relation.refine(left, right));
      }

      @Override
      public Object right(Word right) {
        return Views.of(relation).of(right);
      }

      @Override
      public String toString() {
        return relation + " of its left";
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
