package dev.ovsm.verifier.analysis;

import org.jspecify.annotations.Nullable;

/**
 * Where an address leads, as far as accounts are concerned.
 *
 * @param account which account of the instruction, {@link #SOME} if it may be one of several
 * @param step how far from the beginning of the account's record; elsewhere, of where it counts
 *     from
 */
record Spot(Kind kind, int account, Step step) {
  static final int SOME = -1;

  static final Spot FRAME = new Spot(Kind.FRAME, SOME, Step.NONE);
  static final Spot ELSEWHERE = new Spot(Kind.ELSEWHERE, SOME, Step.NONE);

  /** So far from where it counts from an address does not come to another region. */
  private static final long NEAR = 1L << 30;

  /** What there is. */
  enum Kind {
    /** The record of an account, or no address at all. */
    RECORD,
    /** A frame. */
    FRAME,
    /** Memory that is neither, or none. */
    ELSEWHERE
  }

  static Spot record(int account, Step step) {
    return new Spot(Kind.RECORD, account, step);
  }

  @Nullable Spot plus(Step more) {
    Step sum = step.add(more);
    boolean near = sum != null && sum.low() >= -NEAR && sum.high() <= NEAR;
    return sum == null || !near ? null : new Spot(kind, account, sum);
  }

  /** Either of both, or null if it may be a record or not. */
  @Nullable Spot join(Spot other) {
    if (kind != other.kind) {
      return kind == Kind.RECORD || other.kind == Kind.RECORD
          ? null
          : new Spot(Kind.ELSEWHERE, SOME, step.join(other.step));
    }
    return new Spot(kind, account == other.account ? account : SOME, step.join(other.step));
  }
}
