package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.MemoryMap;
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
  private static final long FARTHEST = 1L << 61;

  /** What a base is. */
  enum Kind {
    /** An address from the accounts' first on. */
    INPUT,
    /** The same, or a number below 4 Gi. */
    INPUT_OR_SMALL,
    /** A frame pointer. */
    FRAME,
    /** Now a frame pointer, now one of the others. */
    FRAME_OR_OTHER
  }

  static Base of(Kind kind) {
    return new Base(kind, Step.NONE);
  }

  @Nullable Base plus(Step more) {
    Step sum = step.add(more);
    return sum == null ? null : new Base(kind, sum);
  }

  /** Either of both. */
  Base join(Base other) {
    boolean frame = leadsToFrame() || other.leadsToFrame();
    Kind both = frame ? Kind.FRAME_OR_OTHER : Kind.INPUT_OR_SMALL;
    return new Base(kind == other.kind ? kind : both, step.join(other.step));
  }

  /** Whether some of what it stands for counts from a frame pointer. */
  boolean leadsToFrame() {
    return kind == Kind.FRAME || kind == Kind.FRAME_OR_OTHER;
  }

  /** Whether bytes counted from the address lie in no frame. */
  boolean isAway(long from, long to) {
    // A place in the heap, counted from its beginning, is a small number; nothing lies behind
    // accounts but what no program may touch.
    boolean above = kind == Kind.INPUT_OR_SMALL && step.low() + from >= MemoryMap.HEAP;
    return (above && step.high() < FARTHEST) || isOutside(from, to);
  }

  /** Whether bytes counted from the address lie in no frame and not in the heap. */
  private boolean isOutside(long from, long to) {
    return switch (kind) {
      case INPUT -> step.low() >= -NEAR / 2 && from >= -NEAR / 2;
      case INPUT_OR_SMALL -> isSmall(from, to);
      case FRAME, FRAME_OR_OTHER -> false;
    };
  }

  /** Whether bytes counted from the address are not in the heap. */
  boolean isOffHeap(long from, long to) {
    boolean near = isNear(NEAR / 2) && from >= -NEAR / 2 && to <= NEAR / 2;
    return leadsToFrame() ? near : isOutside(from, to);
  }

  /** Whether it may be kept for later, where more can be added to it. */
  boolean isKept() {
    return !leadsToFrame() && isNear(NEAR / 4);
  }

  private boolean isSmall(long from, long to) {
    return isNear(NEAR / 2) && from >= -NEAR / 2 && to <= SMALL / 2;
  }

  private boolean isNear(long far) {
    return step.low() >= -far && step.high() <= far;
  }
}
