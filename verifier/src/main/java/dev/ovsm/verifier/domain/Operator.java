package dev.ovsm.verifier.domain;

import java.util.OptionalLong;

/**
 * Arithmetic on words of one width; the second operand of the unary ones is ignored.
 *
 * <p>An operation without a result ends the path that reaches it: a division by zero, and a checked
 * sum, difference or product that does not fit.
 */
public enum Operator {
  ADD,
  SUB,
  MUL,
  /** The high half of the unsigned product. */
  UHMUL,
  /** The high half of the signed product. */
  SHMUL,
  UDIV,
  UREM,
  /** Truncates toward zero; the least word divided by -1 is itself. */
  SDIV,
  SREM,
  AND,
  OR,
  XOR,
  /** Shifts by the amount modulo the width. */
  SHL,
  SHR,
  SAR,
  UADD_CHECKED,
  USUB_CHECKED,
  UMUL_CHECKED,
  SADD_CHECKED,
  SSUB_CHECKED,
  SMUL_CHECKED;

  /** The result for two words zero-extended from {@code width} bits, zero-extended. */
  public OptionalLong evaluate(long left, long right, int width) {
    long mask = Word.mask(width);
    long l = Word.signExtend(left, width);
    long r = Word.signExtend(right, width);
    int amount = (int) Long.remainderUnsigned(right, width);
    return switch (this) {
      case ADD -> OptionalLong.of((left + right) & mask);
      case SUB -> OptionalLong.of((left - right) & mask);
      case MUL -> OptionalLong.of((left * right) & mask);
      case UHMUL -> OptionalLong.of(Wide.unsignedHigh(left, right, width));
      case SHMUL -> OptionalLong.of(Wide.signedHigh(l, r, width) & mask);
      case UDIV ->
          right == 0 ? OptionalLong.empty() : OptionalLong.of(Long.divideUnsigned(left, right));
      case UREM ->
          right == 0 ? OptionalLong.empty() : OptionalLong.of(Long.remainderUnsigned(left, right));
      case SDIV -> right == 0 ? OptionalLong.empty() : OptionalLong.of((l / r) & mask);
      case SREM -> right == 0 ? OptionalLong.empty() : OptionalLong.of((l % r) & mask);
      case AND -> OptionalLong.of(left & right);
      case OR -> OptionalLong.of(left | right);
      case XOR -> OptionalLong.of(left ^ right);
      case SHL -> OptionalLong.of((left << amount) & mask);
      case SHR -> OptionalLong.of(left >>> amount);
      case SAR -> OptionalLong.of((l >> amount) & mask);
      case UADD_CHECKED -> Wide.unsignedSum(left, right, width);
      case USUB_CHECKED ->
          Long.compareUnsigned(left, right) < 0
              ? OptionalLong.empty()
              : OptionalLong.of(left - right);
      case UMUL_CHECKED ->
          Wide.unsignedHigh(left, right, width) != 0
              ? OptionalLong.empty()
              : OptionalLong.of((left * right) & mask);
      case SADD_CHECKED -> Wide.fitting(Wide.signedSum(l, r, width), width);
      case SSUB_CHECKED -> Wide.fitting(Wide.signedDifference(l, r, width), width);
      case SMUL_CHECKED -> Wide.fitting(Wide.signedProduct(l, r, width), width);
    };
  }
}
