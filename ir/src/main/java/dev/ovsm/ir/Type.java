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
}
