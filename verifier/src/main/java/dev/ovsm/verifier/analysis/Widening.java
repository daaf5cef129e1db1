package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Op;

/**
 * How values at the heads of loops grow from round to round until they hold all that they may be.
 *
 * <p>What never stops growing is given up first; what moves only because of that gets rounds of its
 * own, so that one counter without an end does not take all that is known of the others.
 */
final class Widening {
  /** So many rounds a loop is gone through. */
  static final int ROUNDS = 24;

  private static final int FIRST_WIDENED = 2;
  private static final int FIRST_GIVEN_UP = 12;
  private static final int LAST_PATIENT = 18;

  /** What moved in so many rounds would go on. */
  private static final int RESTLESS = 8;

  private final long[] thresholds;

  /** In how many rounds each value changed. */
  private final int[] moves;

  /**
   * For so many values.
   *
   * @param thresholds bounds at which growing values pause
   */
  Widening(int values, long[] thresholds) {
    this.moves = new int[values];
    this.thresholds = thresholds;
  }

  enum Mode {
    JOIN,
    WIDEN,
    /** Those that moved most of the time become anything; what follows from that is widened. */
    JUMP_RESTLESS,
    /** Those that still move become anything. */
    JUMP,
    /** All become anything: every value found from them on is sound. */
    GIVE_UP,
    NARROW
  }

  static Mode mode(int round) {
    if (round < FIRST_GIVEN_UP) {
      return round < FIRST_WIDENED ? Mode.JOIN : Mode.WIDEN;
    }
    return round < LAST_PATIENT ? Mode.JUMP_RESTLESS : Mode.JUMP;
  }

  /** Notes that a value changed. */
  void moved(int node) {
    moves[node]++;
  }

  /** What a phi at the head of a loop is after a round that finds {@code next}. */
  Word grown(int node, Op.Phi phi, Word old, Word next, Mode mode) {
    return switch (mode) {
      case JOIN -> old.join(next);
      case WIDEN -> widened(phi, old, next);
      case JUMP_RESTLESS ->
          moves[node] < RESTLESS ? widened(phi, old, next) : jumped(phi, old, next);
      case JUMP -> jumped(phi, old, next);
      case GIVE_UP -> phi.within();
      case NARROW -> old.meet(next);
    };
  }

  private Word widened(Op.Phi phi, Word old, Word next) {
    return old.widen(next, thresholds).meet(phi.within());
  }

  private static Word jumped(Op.Phi phi, Word old, Word next) {
    return old.join(next).equals(old) ? old : phi.within();
  }
}
