package dev.ovsm.verifier.domain;

/** Whether arithmetic on sets of words always gives the result that it gives on numbers. */
public final class Sureness {
  private Sureness() {}

  /** Whether no pair of members has a sum, difference, product or quotient that does not fit. */
  public static boolean alwaysFits(Operator operator, boolean signed, Word left, Word right) {
    int width = left.width();
    if (left.isEmpty() || right.isEmpty()) {
      return true;
    }
    return switch (operator) {
      case ADD ->
          signed
              ? Wide.signedSum(left.smin(), right.smin(), width).isPresent()
                  && Wide.signedSum(left.smax(), right.smax(), width).isPresent()
              : Wide.unsignedSum(left.umax(), right.umax(), width).isPresent();
      case SUB ->
          signed
              ? Wide.signedDifference(left.smin(), right.smax(), width).isPresent()
                  && Wide.signedDifference(left.smax(), right.smin(), width).isPresent()
              : Long.compareUnsigned(left.umin(), right.umax()) >= 0;
      case MUL ->
          signed
              ? Products.alwaysFits(left, right)
              : Wide.unsignedProduct(left.umax(), right.umax(), width).isPresent();
      case UDIV, UREM, SREM -> !right.contains(0);
      case SDIV ->
          !right.contains(0) && !(right.contains(-1) && left.contains(Word.any(width).smin()));
      case UHMUL, SHMUL, AND, OR, XOR, SHR, SAR -> true;
      case SHL -> false;
      case UADD_CHECKED, USUB_CHECKED, UMUL_CHECKED -> true;
      case SADD_CHECKED, SSUB_CHECKED, SMUL_CHECKED -> true;
    };
  }
}
