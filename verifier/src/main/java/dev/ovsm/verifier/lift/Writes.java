package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.MemoryMap;
import java.util.Arrays;
import java.util.List;

/**
 * What memory something may write to, as far as it can lie in a frame that is still needed.
 *
 * @param anywhere whether nothing is known of some address that is written to
 * @param frame bytes counted from the function's frame pointer
 * @param arguments bytes counted from each of its five arguments
 */
record Writes(boolean anywhere, Extent frame, List<Extent> arguments) {
  static final Writes NOTHING =
      new Writes(
          false,
          Extent.NOTHING,
          List.of(
              new Extent[] {
                Extent.NOTHING, Extent.NOTHING, Extent.NOTHING, Extent.NOTHING, Extent.NOTHING
              }));
  static final Writes ANYWHERE = new Writes(true, NOTHING.frame, NOTHING.arguments);

  Writes {
    arguments = List.copyOf(arguments);
  }

  /** A write of bytes at, and counted from, an address. */
  static Writes at(Locus address, Extent bytes) {
    return switch (address.kind()) {
      case CONSTANT -> isOutside(address.value(), bytes) ? NOTHING : ANYWHERE;
      case FRAME -> new Writes(false, bytes.plus(address.value()), NOTHING.arguments);
      case ARGUMENT -> {
        Extent[] all = NOTHING.arguments.toArray(new Extent[0]);
        all[address.index()] = bytes.plus(address.value());
        yield new Writes(false, Extent.NOTHING, Arrays.asList(all));
      }
      case ANYTHING -> ANYWHERE;
    };
  }

  /**
   * Whether bytes at a constant address lie in no frame. Each access lies in one region or fails,
   * but several may be counted from one address.
   */
  private static boolean isOutside(long address, Extent bytes) {
    long last = Math.min(bytes.high() - 1, bytes.low() + 4 * Locus.FARTHEST);
    long region = (address + bytes.low()) >>> 32;
    return region == (address + last) >>> 32 && region != MemoryMap.STACK >>> 32;
  }

  Writes join(Writes other) {
    if (anywhere || other.anywhere) {
      return ANYWHERE;
    }
    Extent[] all = new Extent[5];
    for (int i = 0; i < all.length; i++) {
      all[i] = arguments.get(i).join(other.arguments.get(i));
    }
    return new Writes(false, frame.join(other.frame), Arrays.asList(all));
  }

  /** What remains for a caller: bytes of the function's own frame are gone when it returns. */
  Writes afterReturn(FrameLayout layout) {
    if (anywhere || !layout.isOwn(frame)) {
      return ANYWHERE;
    }
    return new Writes(false, Extent.NOTHING, arguments);
  }

  /** The same as the caller sees it that passes these arguments. */
  Writes passing(Locus[] passed) {
    Writes all = anywhere ? ANYWHERE : NOTHING;
    for (int i = 0; i < 5 && !all.anywhere; i++) {
      Extent bytes = arguments.get(i);
      all = bytes.isEmpty() ? all : all.join(at(passed[i], bytes));
    }
    return all;
  }

  /** Whether bytes of the function's own frame may be written. */
  boolean reach(long from, long to) {
    return anywhere || frame.meets(from, to);
  }
}
