package dev.ovsm.frontend.ast;

import java.util.List;

/** Arithmetic, bits and comparison. */
public enum Operator implements Builtin {
  ADD(1, Integer.MAX_VALUE, "+"),
  SUB(1, Integer.MAX_VALUE, "-"),
  MUL(1, Integer.MAX_VALUE, "*"),
  DIV(2, Integer.MAX_VALUE, "/"),
  REM(2, 2, "%", "mod", "rem"),
  WRAPPING_ADD(2, Integer.MAX_VALUE, "wrapping-add", "wrapping-+"),
  WRAPPING_SUB(2, Integer.MAX_VALUE, "wrapping-sub", "wrapping--"),
  WRAPPING_MUL(2, Integer.MAX_VALUE, "wrapping-mul", "wrapping-*"),
  WRAPPING_DIV(2, Integer.MAX_VALUE, "wrapping-div", "wrapping-/"),
  WRAPPING_NEG(1, 1, "wrapping-neg"),
  SATURATING_ADD(2, Integer.MAX_VALUE, "saturating-add", "saturating-+"),
  SATURATING_SUB(2, Integer.MAX_VALUE, "saturating-sub", "saturating--"),
  SATURATING_MUL(2, Integer.MAX_VALUE, "saturating-mul", "saturating-*"),
  SATURATING_DIV(2, Integer.MAX_VALUE, "saturating-div", "saturating-/"),
  SATURATING_NEG(1, 1, "saturating-neg"),
  MUL_HIGH(2, 2, "mul-high"),
  BIT_AND(2, Integer.MAX_VALUE, "bit-and", "logand", "&"),
  BIT_OR(2, Integer.MAX_VALUE, "bit-or", "logior", "|"),
  BIT_XOR(2, Integer.MAX_VALUE, "bit-xor", "logxor", "^"),
  BIT_NOT(1, 1, "bit-not", "lognot"),
  SHIFT_LEFT(2, 2, "shift-left", "shl", "<<"),
  SHIFT_RIGHT(2, 2, "shift-right", "shr", ">>"),
  EQ(2, Integer.MAX_VALUE, "=", "==", "eq"),
  NE(2, 2, "!=", "/=", "neq"),
  LT(2, Integer.MAX_VALUE, "<"),
  LE(2, Integer.MAX_VALUE, "<="),
  GT(2, Integer.MAX_VALUE, ">"),
  GE(2, Integer.MAX_VALUE, ">="),
  NOT(1, 1, "not");

  private final int fewest;
  private final int most;
  private final List<String> names;

  Operator(int fewest, int most, String... names) {
    this.fewest = fewest;
    this.most = most;
    this.names = List.of(names);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int fewest() {
    return fewest;
  }

  @Override
  public int most() {
    return most;
  }
}
