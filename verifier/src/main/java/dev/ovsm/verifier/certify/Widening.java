package dev.ovsm.verifier.certify;

import dev.ovsm.sbpf.Insn;
import dev.ovsm.verifier.certificate.Interval;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lets ranges grow in few steps, to bounds that the code's own numbers suggest. */
final class Widening {
  private final TreeSet<Long> bounds = new TreeSet<>();

  Widening(@Nullable Insn[] code) {
    for (Insn insn : code) {
      if (insn != null) {
        long number = insn.imm();
        bounds.add(number);
        if (number != Long.MIN_VALUE && number != Long.MAX_VALUE) {
          bounds.add(number - 1);
          bounds.add(number + 1);
        }
      }
    }
    for (int bits = 0; bits < 63; bits += 8) {
      bounds.add((1L << bits) - 1);
      bounds.add(1L << bits);
    }
    bounds.add(Long.MIN_VALUE);
    bounds.add(Long.MAX_VALUE);
  }

  /** A range that includes another's join with it, and ends at a bound where it grew. */
  Interval grow(Interval range, Interval by) {
    Interval joined = range.join(by);
    Long low = joined.low() < range.low() ? bounds.floor(joined.low()) : Long.valueOf(range.low());
    Long high =
        joined.high() > range.high() ? bounds.ceiling(joined.high()) : Long.valueOf(range.high());
    return new Interval(low == null ? Long.MIN_VALUE : low, high == null ? Long.MAX_VALUE : high);
  }
}
