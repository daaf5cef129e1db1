package dev.ovsm.verifier.domain;

import java.util.OptionalLong;

/** Sums and differences of sets of words. */
final class Sums {
  private Sums() {}

  /** Sums modulo the width: an interval stays one if all sums carry or none does. */
  static Word add(Word left, Word right) {
    int width = left.width();
    long mask = Word.mask(width);
    Word any = Word.any(width);
    OptionalLong least = Wide.unsignedSum(left.umin(), right.umin(), width);
    OptionalLong most = Wide.unsignedSum(left.umax(), right.umax(), width);
    boolean agree = least.isPresent() == most.isPresent();
    OptionalLong low = Wide.signedSum(left.smin(), right.smin(), width);
    OptionalLong high = Wide.signedSum(left.smax(), right.smax(), width);
    boolean signed = low.isPresent() && high.isPresent();
    return Word.reduce(
        width,
        agree ? (left.umin() + right.umin()) & mask : any.umin(),
        agree ? (left.umax() + right.umax()) & mask : any.umax(),
        signed ? low.getAsLong() : any.smin(),
        signed ? high.getAsLong() : any.smax(),
        left.bits().add(right.bits(), mask),
        most.isPresent() ? left.stride().add(right.stride()) : Stride.ANY);
  }

  /** Differences modulo the width. */
  static Word subtract(Word left, Word right) {
    int width = left.width();
    long mask = Word.mask(width);
    Word any = Word.any(width);
    boolean neverBelow = Long.compareUnsigned(left.umin(), right.umax()) >= 0;
    boolean alwaysBelow = Long.compareUnsigned(left.umax(), right.umin()) < 0;
    boolean agree = neverBelow || alwaysBelow;
    OptionalLong low = Wide.signedDifference(left.smin(), right.smax(), width);
    OptionalLong high = Wide.signedDifference(left.smax(), right.smin(), width);
    boolean signed = low.isPresent() && high.isPresent();
    return Word.reduce(
        width,
        agree ? (left.umin() - right.umax()) & mask : any.umin(),
        agree ? (left.umax() - right.umin()) & mask : any.umax(),
        signed ? low.getAsLong() : any.smin(),
        signed ? high.getAsLong() : any.smax(),
        left.bits().subtract(right.bits(), mask),
        neverBelow ? left.stride().subtract(right.stride()) : Stride.ANY);
  }

  /** The sums that fit, as numbers without sign; empty if none does. */
  static Word unsignedSum(Word left, Word right) {
    int width = left.width();
    OptionalLong least = Wide.unsignedSum(left.umin(), right.umin(), width);
    OptionalLong most = Wide.unsignedSum(left.umax(), right.umax(), width);
    return least.isEmpty()
        ? Word.empty(width)
        : Word.unsigned(width, least.getAsLong(), most.orElse(Word.mask(width)));
  }

  static Word unsignedDifference(Word left, Word right) {
    int width = left.width();
    if (Long.compareUnsigned(left.umax(), right.umin()) < 0) {
      return Word.empty(width);
    }
    boolean neverBelow = Long.compareUnsigned(left.umin(), right.umax()) >= 0;
    return Word.unsigned(
        width, neverBelow ? left.umin() - right.umax() : 0, left.umax() - right.umin());
  }

  /** The sums that fit, as numbers with sign; empty if none does. */
  static Word signedSum(Word left, Word right) {
    int width = left.width();
    Word any = Word.any(width);
    OptionalLong low = Wide.signedSum(left.smin(), right.smin(), width);
    OptionalLong high = Wide.signedSum(left.smax(), right.smax(), width);
    // A sum that does not fit has the sign of both its operands.
    if ((low.isEmpty() && left.smin() >= 0) || (high.isEmpty() && left.smax() < 0)) {
      return Word.empty(width);
    }
    return Word.signed(width, low.orElse(any.smin()), high.orElse(any.smax()));
  }

  static Word signedDifference(Word left, Word right) {
    int width = left.width();
    Word any = Word.any(width);
    OptionalLong low = Wide.signedDifference(left.smin(), right.smax(), width);
    OptionalLong high = Wide.signedDifference(left.smax(), right.smin(), width);
    // A difference that does not fit has the sign of its first operand.
    if ((low.isEmpty() && left.smin() >= 0) || (high.isEmpty() && left.smax() < 0)) {
      return Word.empty(width);
    }
    return Word.signed(width, low.orElse(any.smin()), high.orElse(any.smax()));
  }
}
