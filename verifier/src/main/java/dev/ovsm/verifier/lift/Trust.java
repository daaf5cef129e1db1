package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.MemoryMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How far a function's arguments surely lie below its frame, or outside all frames: whoever calls
 * it passes addresses in its own frame or farther down, or such as lie in no frame.
 *
 * @param tops for each argument the bytes, not positive, that it lies at most above the end of the
 *     caller's frame, where this function's may begin; {@link #UNKNOWN} if nothing is known
 */
record Trust(FrameLayout layout, List<Long> tops) {
  private static final long UNKNOWN = Long.MAX_VALUE;
  private static final long OUTSIDE = Long.MIN_VALUE / 2;
  private static final long LOWEST = -(1L << 31);

  Trust {
    tops = List.copyOf(tops);
  }

  /** No argument can be told. */
  static Trust none(FrameLayout layout) {
    return new Trust(layout, Collections.nCopies(5, UNKNOWN));
  }

  /** All arguments lie outside frames. */
  static Trust full(FrameLayout layout) {
    return new Trust(layout, Collections.nCopies(5, OUTSIDE));
  }

  /** What remains of the trust in a callee's arguments if this function passes these. */
  Trust passing(List<Locus> passed, Trust callee) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < passed.size(); i++) {
      all.add(Math.max(callee.tops.get(i), top(passed.get(i))));
    }
    return new Trust(layout, all);
  }

  /** How far an address lies above this function's frame, which its callees' may adjoin. */
  private long top(Locus address) {
    long top =
        switch (address.kind()) {
          case FRAME -> layout.isFixed() ? address.high() : UNKNOWN;
          case ARGUMENT -> {
            long own = tops.get(address.index());
            boolean near = address.low() > -Locus.FARTHEST && address.high() < Locus.FARTHEST;
            boolean known = layout.isFixed() && near && own != UNKNOWN;
            yield known ? own - MemoryMap.FRAME_BYTES + address.high() : UNKNOWN;
          }
          case NUMBER -> top(address.low(), address.high());
          case ANYTHING -> UNKNOWN;
        };
    return top > 0 ? UNKNOWN : Math.max(top, OUTSIDE);
  }

  /** How far a number lies above any frame: those above all frames never count down to one. */
  private static long top(long low, long high) {
    boolean above = low >= MemoryMap.HEAP && low < Extent.FAR;
    boolean below = low >= 0 && high < MemoryMap.STACK;
    return above ? OUTSIDE : below ? high - MemoryMap.STACK : UNKNOWN;
  }

  /** Whether bytes counted from arguments never lie in the function's frame. */
  boolean keepsOut(List<Extent> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      Extent bytes = arguments.get(i);
      if (!bytes.isEmpty() && (bytes.low() < LOWEST || !isBelow(i, bytes.high()))) {
        return false;
      }
    }
    return true;
  }

  /** Whether bytes counted from an argument end below the function's frame. */
  boolean isBelow(int argument, long high) {
    long top = tops.get(argument);
    return top != UNKNOWN && high < Extent.FAR && top + high <= 0;
  }
}
