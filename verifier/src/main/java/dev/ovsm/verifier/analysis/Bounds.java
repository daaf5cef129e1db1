package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.verifier.analysis.Access.Grade;
import dev.ovsm.verifier.domain.Arithmetic;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Area;

/**
 * Whether an access lies in what it is meant for.
 *
 * @param text what it accesses, as a message says it
 */
record Bounds(Grade grade, String text) {
  /** Only the machine knows what lies there. */
  static final Bounds LEFT = new Bounds(Grade.LEFT, "");

  private static final long HEAP_END = MemoryMap.HEAP + MemoryMap.DEFAULT_HEAP_BYTES;
  private static final long HEAP_LIMIT = MemoryMap.HEAP + MemoryMap.MAX_HEAP_BYTES;

  /** However few accounts there are, their number is there. */
  private static final long INPUT_END = MemoryMap.INPUT + Long.BYTES;

  /** An access to an object that can only be read. */
  static Bounds readOnly(Reach reach, long from, long to) {
    return reach.writes()
        ? new Bounds(Grade.OUTSIDE, "a write to read-only data")
        : within(reach, from, to, to, "read-only data");
  }

  /**
   * An access to an object.
   *
   * @param from its first byte
   * @param least the byte after its last if it is as small as can be
   * @param most the same if it is as large as can be
   */
  static Bounds within(Reach reach, long from, long least, long most, String name) {
    Grade grade =
        reach.isWithin(from, least)
            ? Grade.WITHIN
            : reach.isOutside(from, most) ? Grade.OUTSIDE : Grade.DOUBTFUL;
    return new Bounds(grade, reach + " in " + name);
  }

  /** Whether all addresses lie in one region of the machine's, of which something is known. */
  static boolean isRegion(Word word) {
    return word.umin() >>> 32 == word.umax() >>> 32
        && (word.umin() >>> 32 != MemoryMap.STACK >>> 32);
  }

  /** An access counted from an address that is a number in one region. */
  static Bounds region(Area area, Word word, Reach reach) {
    Word all = Arithmetic.apply(Operator.ADD, word, Word.signed(reach.low(), reach.high()));
    long region = all.umin() >>> 32;
    Step step = Step.of(word.umin(), word.umax());
    Reach whole = step == null ? null : reach.after(step);
    if (whole == null || region != all.umax() >>> 32) {
      return LEFT;
    }
    if (area.from() < area.to() && region == area.from() >>> 32) {
      return readOnly(whole, area.from(), area.to());
    }
    if (region == 0 && area.isNullFree()) {
      return new Bounds(Grade.OUTSIDE, whole + " in no memory, where null is");
    }
    if (region == MemoryMap.HEAP >>> 32) {
      return within(whole, MemoryMap.HEAP, HEAP_END, HEAP_LIMIT, "the heap");
    }
    if (region > MemoryMap.RING_WINDOW >>> 32) {
      return new Bounds(Grade.OUTSIDE, whole + " in no memory");
    }
    boolean first = region == MemoryMap.INPUT >>> 32 && whole.isWithin(MemoryMap.INPUT, INPUT_END);
    return first ? new Bounds(Grade.WITHIN, "") : LEFT;
  }
}
