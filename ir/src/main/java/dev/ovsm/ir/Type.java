package dev.ovsm.ir;

/**
 * The type of a value. Every value lives in one 64-bit register in canonical form: unsigned types
 * zero-extended, signed types sign-extended, {@code BOOL} 0 or 1.
 */
public enum Type {
  BOOL(1, false),
  U8(8, false),
  U16(16, false),
  U32(32, false),
  U64(64, false),
  I8(8, true),
  I16(16, true),
  I32(32, true),
  I64(64, true),
  /** A VM address. */
  PTR(64, false);

  private final int bits;
  private final boolean signed;

  Type(int bits, boolean signed) {
    this.bits = bits;
    this.signed = signed;
  }

  public int bits() {
    return bits;
  }

  public boolean signed() {
    return signed;
  }

  /** Bytes in memory: 1, 2, 4 or 8. */
  public int bytes() {
    return Math.max(1, bits / 8);
  }

  /** The canonical 64-bit form of the low bits of {@code raw}. */
  public long canonical(long raw) {
    int unused = 64 - bits;
    return signed ? raw << unused >> unused : raw << unused >>> unused;
  }

  /** The name in text IR: the constant in lower case. */
  public String word() {
    return switch (this) {
      case BOOL -> "bool";
      case U8 -> "u8";
      case U16 -> "u16";
      case U32 -> "u32";
      case U64 -> "u64";
      case I8 -> "i8";
      case I16 -> "i16";
      case I32 -> "i32";
      case I64 -> "i64";
      case PTR -> "ptr";
    };
  }

  /** Whether arithmetic is defined: neither {@code BOOL} nor {@code PTR}. */
  public boolean isInteger() {
    return this != BOOL && this != PTR;
  }

  /** The least value in canonical form, as a signed number. */
  public long min() {
    return signed ? -1L << (bits - 1) : 0;
  }

  /** The greatest value in canonical form; for 64-bit unsigned types all bits are set. */
  public long max() {
    return signed ? ~min() : -1L >>> (64 - bits);
  }

  /**
   * Whether the number that {@code value} is in type {@code from} is also a number of this type.
   */
  public boolean admits(long value, Type from) {
    return canonical(value) == value && (from.signed == signed || value >= 0);
  }

  /**
   * Whether a value of this type is also one of the other, so that converting it never loses
   * anything. {@code PTR} counts as {@code U64}.
   */
  public boolean fitsIn(Type other) {
    return signed == other.signed ? bits <= other.bits : !signed && bits < other.bits;
  }
}
