package dev.ovsm.runtime.vm;

/**
 * The kinds of {@link Step}s: which operands they have and what becomes of the result.
 *
 * <p>These are few enough, as are the {@link Token}s of each kind, that the Java VM compiles a
 * switch over them to a few comparisons. Processors foresee those better than the one jump of a
 * large switch, and the loop's variables stay in registers across them.
 */
final class Kind {
  /** Arithmetic of 64 bits. */
  static final int WIDE = 0;

  /** Arithmetic of 32 bits. */
  static final int NARROW = 1;

  static final int LOAD = 2;
  static final int STORE = 3;

  /** A conditional jump that compares 64 bits. */
  static final int JUMP = 4;

  /** A conditional jump that compares 32 bits. */
  static final int NARROW_JUMP = 5;

  /** A sum, and a conditional jump that compares it: how loops end. */
  static final int SUM_JUMP = 6;

  /** Arithmetic that is rare. */
  static final int RARE = 7;

  /** What always leads elsewhere, and whatever is too rare to be in the loop. */
  static final int CONTROL = 8;

  private Kind() {}
}
