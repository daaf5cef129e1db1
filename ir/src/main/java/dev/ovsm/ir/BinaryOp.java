package dev.ovsm.ir;

/**
 * Two-operand arithmetic; operands and result have one type, except that shift amounts are {@code
 * U64} and an address ({@code PTR}) plus or minus a {@code U64} or {@code I64} is an address.
 *
 * <p>Signedness comes from the type. Division and remainder by zero fail the invocation in every
 * {@link Mode} but {@code EXACT}. Shift amounts are taken modulo the width.
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
}
