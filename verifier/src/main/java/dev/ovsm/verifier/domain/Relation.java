package dev.ovsm.verifier.domain;

/** A comparison of two words of one width. */
public enum Relation {
  EQ("=="),
  NE("!="),
  ULT("<"),
  ULE("<="),
  UGT(">"),
  UGE(">="),
  SLT("<s"),
  SLE("<=s"),
  SGT(">s"),
  SGE(">=s"),
  /** Some bit is one in both. */
  ANY_BIT("&"),
  /** No bit is one in both. */
  NO_BIT("!&");

  private final String sign;

  Relation(String sign) {
    this.sign = sign;
  }

  /** How a message writes it between two operands. */
  public String sign() {
    return sign;
  }

  /** The relation that holds exactly when this one does not. */
  public Relation negated() {
    return switch (this) {
      case EQ -> NE;
      case NE -> EQ;
      case ULT -> UGE;
      case ULE -> UGT;
      case UGT -> ULE;
      case UGE -> ULT;
      case SLT -> SGE;
      case SLE -> SGT;
      case SGT -> SLE;
      case SGE -> SLT;
      case ANY_BIT -> NO_BIT;
      case NO_BIT -> ANY_BIT;
    };
  }

  /** The relation with its operands exchanged. */
  public Relation swapped() {
    return switch (this) {
      case EQ, NE, ANY_BIT, NO_BIT -> this;
      case ULT -> UGT;
      case ULE -> UGE;
      case UGT -> ULT;
      case UGE -> ULE;
      case SLT -> SGT;
      case SLE -> SGE;
      case SGT -> SLT;
      case SGE -> SLE;
    };
  }

  /** Whether it holds between two words, both zero-extended from {@code width} bits. */
  public boolean holds(long left, long right, int width) {
    int up = 64 - width;
    return switch (this) {
      case EQ -> left == right;
      case NE -> left != right;
      case ULT -> Long.compareUnsigned(left, right) < 0;
      case ULE -> Long.compareUnsigned(left, right) <= 0;
      case UGT -> Long.compareUnsigned(left, right) > 0;
      case UGE -> Long.compareUnsigned(left, right) >= 0;
      case SLT -> left << up < right << up;
      case SLE -> left << up <= right << up;
      case SGT -> left << up > right << up;
      case SGE -> left << up >= right << up;
      case ANY_BIT -> (left & right) != 0;
      case NO_BIT -> (left & right) == 0;
    };
  }

  /** The words of {@code left} that stand in this relation to some word of {@code right}. */
  public Word refine(Word left, Word right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Word.empty(left.width());
    }
    int width = left.width();
    Word any = Word.any(width);
    return switch (this) {
      case EQ -> left.meet(right);
      case NE -> right.isConstant() ? without(left, right.umin()) : left;
      case ULT ->
          right.umax() == 0 ? Word.empty(width) : betweenUnsigned(left, 0, right.umax() - 1);
      case ULE -> betweenUnsigned(left, 0, right.umax());
      case UGT ->
          right.umin() == any.umax()
              ? Word.empty(width)
              : betweenUnsigned(left, right.umin() + 1, any.umax());
      case UGE -> betweenUnsigned(left, right.umin(), any.umax());
      case SLT ->
          right.smax() == any.smin()
              ? Word.empty(width)
              : betweenSigned(left, any.smin(), right.smax() - 1);
      case SLE -> betweenSigned(left, any.smin(), right.smax());
      case SGT ->
          right.smin() == any.smax()
              ? Word.empty(width)
              : betweenSigned(left, right.smin() + 1, any.smax());
      case SGE -> betweenSigned(left, right.smin(), any.smax());
      case ANY_BIT -> withSomeBit(left, right);
      case NO_BIT -> {
        Bits zeros = new Bits(0, ~right.bits().known() & any.umax());
        yield left.bits().contradicts(zeros)
            ? Word.empty(width)
            : left.meet(Word.bits(width, zeros));
      }
    };
  }

  private static Word betweenUnsigned(Word set, long low, long high) {
    long umin = Word.unsignedMax(set.umin(), low);
    long umax = Word.unsignedMin(set.umax(), high);
    return within(set, umin, umax, set.smin(), set.smax());
  }

  private static Word betweenSigned(Word set, long low, long high) {
    long smin = Math.max(set.smin(), low);
    long smax = Math.min(set.smax(), high);
    return within(set, set.umin(), set.umax(), smin, smax);
  }

  private static Word without(Word set, long word) {
    if (set.isConstant()) {
      return set.umin() == word ? Word.empty(set.width()) : set;
    }
    long signed = Word.signExtend(word, set.width());
    return within(
        set,
        set.umin() == word ? word + 1 : set.umin(),
        set.umax() == word ? word - 1 : set.umax(),
        set.smin() == signed ? signed + 1 : set.smin(),
        set.smax() == signed ? signed - 1 : set.smax());
  }

  /** The words of a set that also lie in these intervals, which are within the set's own. */
  private static Word within(Word set, long umin, long umax, long smin, long smax) {
    boolean all =
        umin == set.umin() && umax == set.umax() && smin == set.smin() && smax == set.smax();
    return all ? set : Word.reduce(set.width(), umin, umax, smin, smax, set.bits(), set.stride());
  }

  private static Word withSomeBit(Word left, Word right) {
    Bits bits = left.bits();
    long possible =
        (right.bits().known() | right.bits().unknown()) & (bits.known() | bits.unknown());
    if (possible == 0) {
      return Word.empty(left.width());
    }
    boolean decided = Long.bitCount(possible) == 1;
    return decided
        ? left.meet(
            Word.bits(left.width(), new Bits(possible, Word.mask(left.width()) & ~possible)))
        : left.meet(Word.unsigned(left.width(), 1, Word.mask(left.width())));
  }

  /** Whether it holds between any two words of the sets, between none, or only between some. */
  public Truth decide(Word left, Word right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Truth.NEVER;
    }
    if (isExcluded(left, right)) {
      return Truth.FALSE;
    }
    return negated().isExcluded(left, right) ? Truth.TRUE : Truth.EITHER;
  }

  /** Whether it is known to hold between no two words of the sets, as when one set has none. */
  public boolean isExcluded(Word left, Word right) {
    if (holdsAtEnds(left, right)) {
      return false;
    }
    return refine(left, right).isEmpty() || swapped().refine(right, left).isEmpty();
  }

  /** Whether it holds between the ends of two sets that are most likely to, and that they have. */
  private boolean holdsAtEnds(Word left, Word right) {
    return switch (this) {
      case EQ -> left.contains(right.umin()) && right.contains(right.umin());
      case NE ->
          left.umin() != right.umax() && left.contains(left.umin()) && right.contains(right.umax());
      case ULT, ULE ->
          holds(left.umin(), right.umax(), left.width())
              && left.contains(left.umin())
              && right.contains(right.umax());
      case UGT, UGE ->
          holds(left.umax(), right.umin(), left.width())
              && left.contains(left.umax())
              && right.contains(right.umin());
      case SLT, SLE ->
          holds(left.smin(), right.smax(), left.width())
              && left.contains(left.smin())
              && right.contains(right.smax());
      case SGT, SGE ->
          holds(left.smax(), right.smin(), left.width())
              && left.contains(left.smax())
              && right.contains(right.smin());
      case ANY_BIT, NO_BIT -> false;
    };
  }

  /** What is known of a comparison. */
  public enum Truth {
    TRUE,
    FALSE,
    EITHER,
    /** One side has no value: the comparison is not reached. */
    NEVER
  }
}
