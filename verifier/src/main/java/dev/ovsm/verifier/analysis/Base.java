package dev.ovsm.verifier.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What an address counts from, and how far it lies above.
 *
 * <p>Regions are 4 GiB apart and hold far less, so that whatever counts a little from one never
 * comes to another.
 */
record Base(Kind kind, Step step) {
  /** So far from a base no other region begins. */
  private static final long NEAR = 1L << 31;

  private static final long SMALL = 1L << 32;

  /** What a base is. */
  enum Kind {
    /** An address from the accounts' first on. */
    INPUT,
    /** The same, or a number below 4 Gi. */
    INPUT_OR_SMALL,
    /** A frame pointer. */
    FRAME
  }

  static Base of(Kind kind) {
    return new Base(kind, Step.NONE);
  }

  @Nullable Base plus(Step more) {
    Step sum = step.add(more);
    return sum == null ? null : new Base(kind, sum);
  }

  /** Either of both, or null. */
  @Nullable Base join(Base other) {
    boolean frame = kind == Kind.FRAME;
    if (frame != (other.kind == Kind.FRAME)) {
      return null;
    }
    Kind both = kind == other.kind ? kind : Kind.INPUT_OR_SMALL;
    return new Base(both, step.join(other.step));
  }

  /** Whether bytes counted from the address lie in no frame and not in the heap. */
  boolean isAway(long from, long to) {
    return switch (kind) {
      case INPUT -> step.low() >= -NEAR / 2 && from >= -NEAR / 2;
      case INPUT_OR_SMALL -> isNear(NEAR / 2) && from >= -NEAR / 2 && to <= SMALL / 2;
      case FRAME -> false;
    };
  }

  /** Whether bytes counted from the address are not in the heap. */
  boolean isOffHeap(long from, long to) {
    boolean near = isNear(NEAR / 2) && from >= -NEAR / 2 && to <= NEAR / 2;
    return kind == Kind.FRAME ? near : isAway(from, to);
  }

  /** Whether it may be kept for later, where more can be added to it. */
  boolean isKept() {
    return kind != Kind.FRAME && isNear(NEAR / 4);
  }

  private boolean isNear(long far) {
    return step.low() >= -far && step.high() <= far;
  }
}
