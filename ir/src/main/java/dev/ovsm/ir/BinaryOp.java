package dev.ovsm.ir;

/**
 * Two-operand arithmetic; operands and result have one type, except that shift amounts are {@code
 * U64} and an address ({@code PTR}) plus or minus a {@code U64} or {@code I64} is an address.
 *
 * <p>Signedness comes from the type. Division and remainder by zero fail the invocation in every
 * {@link Mode} but {@code EXACT}; a remainder has the sign of its dividend. The other operations
 * behind {@link #REM} never fail: their mode is {@code WRAP}. Shift amounts are taken modulo the
 * width; a left shift keeps the low bits.
 */
public enum BinaryOp {
  ADD("add"),
  SUB("sub"),
  MUL("mul"),
  DIV("div"),
  REM("rem"),
  AND("and"),
  OR("or"),
  XOR("xor"),
  SHL("shl"),
  SHR("shr"),
  /** The high 64 bits of the 128-bit product of two {@code U64}. */
  MULHI("mulhi");

  private final String word;

  BinaryOp(String word) {
    this.word = word;
  }

  /** The name in text IR. */
  public String word() {
    return word;
  }

  /** Whether a {@link Mode} makes a difference. */
  public boolean hasMode() {
    return compareTo(REM) <= 0;
  }

  public boolean isShift() {
    return this == SHL || this == SHR;
  }

  /** Whether the operands may be exchanged. */
  public boolean commutes() {
    return switch (this) {
      case ADD, MUL, AND, OR, XOR, MULHI -> true;
      case SUB, DIV, REM, SHL, SHR -> false;
    };
  }
}
