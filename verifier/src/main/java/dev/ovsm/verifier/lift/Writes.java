package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.MemoryMap;
import java.util.Arrays;
import java.util.List;

/**
 * What memory something may write to.
 *
 * @param anywhere whether nothing is known of some address that is written to
 * @param elsewhere whether memory outside all frames may be written to
 * @param frame bytes counted from the function's frame pointer
 * @param arguments bytes counted from each of its five arguments
 */
record Writes(boolean anywhere, boolean elsewhere, Extent frame, List<Extent> arguments) {
  static final Writes NOTHING =
      new Writes(
          false,
          false,
          Extent.NOTHING,
          List.of(
              new Extent[] {
                Extent.NOTHING, Extent.NOTHING, Extent.NOTHING, Extent.NOTHING, Extent.NOTHING
              }));
  static final Writes ANYWHERE = new Writes(true, true, NOTHING.frame, NOTHING.arguments);
  static final Writes ELSEWHERE = new Writes(false, true, NOTHING.frame, NOTHING.arguments);

  Writes {
    arguments = List.copyOf(arguments);
  }

  /** One write of bytes that begins at an address; all of it lies in one region, or it fails. */
  static Writes at(Locus address, Extent bytes) {
    boolean outside = address.kind() == Locus.Kind.NUMBER && isOutside(address, Extent.NOTHING);
    return outside ? ELSEWHERE : counted(address, bytes);
  }

  /** Writes to any of the bytes that are counted from an address. */
  static Writes counted(Locus address, Extent bytes) {
    return switch (address.kind()) {
      case NUMBER -> isOutside(address, bytes) ? ELSEWHERE : ANYWHERE;
      case FRAME ->
          new Writes(false, false, bytes.plus(address.low(), address.high()), NOTHING.arguments);
      case ARGUMENT -> {
        Extent[] all = NOTHING.arguments.toArray(new Extent[0]);
        all[address.index()] = bytes.plus(address.low(), address.high());
        yield new Writes(false, false, Extent.NOTHING, Arrays.asList(all));
      }
      case ANYTHING -> ANYWHERE;
    };
  }

  /** Whether bytes counted from a number lie in no frame: all of them above frames, or below. */
  private static boolean isOutside(Locus address, Extent bytes) {
    long first = address.low() + bytes.low();
    boolean above = first >= MemoryMap.HEAP && address.low() < Extent.FAR;
    boolean below =
        first >= 0
            && address.high() < MemoryMap.STACK
            && bytes.high() < Extent.FAR
            && address.high() + bytes.high() <= MemoryMap.STACK;
    return above || below;
  }

  Writes join(Writes other) {
    Extent[] all = new Extent[5];
    for (int i = 0; i < all.length; i++) {
      all[i] = arguments.get(i).join(other.arguments.get(i));
    }
    return new Writes(
        anywhere || other.anywhere,
        elsewhere || other.elsewhere,
        frame.join(other.frame),
        Arrays.asList(all));
  }

  /** What remains for a caller: bytes of the function's own frame are gone when it returns. */
  Writes afterReturn(FrameLayout layout) {
    boolean any = anywhere || !layout.isOwn(frame);
    return new Writes(any, any || elsewhere, Extent.NOTHING, arguments);
  }

  /** The same without what is counted from arguments. */
  Writes besideArguments() {
    return new Writes(anywhere, elsewhere, frame, NOTHING.arguments);
  }

  /** Whether none of them is in a frame. */
  boolean isOutside() {
    return !anywhere && frame.isEmpty() && arguments.stream().allMatch(Extent::isEmpty);
  }

  /** Whether any byte of the function's own frame may be written. */
  boolean isBeyond(Trust trust) {
    return anywhere || !trust.keepsOut(arguments);
  }

  /** Whether bytes of the function's own frame may be written. */
  boolean reach(Trust trust, long from, long to) {
    return frame.meets(from, to) || isBeyond(trust);
  }

  /** Whether bytes counted from an argument may be written. */
  boolean reach(Trust trust, int argument, long from, long to) {
    if (anywhere || elsewhere || arguments.get(argument).meets(from, to)) {
      return true;
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (i != argument && !arguments.get(i).isEmpty()) {
        return true;
      }
    }
    return !frame.isEmpty() && !(trust.isBelow(argument, to) && trust.layout().isOwn(frame));
  }
}
