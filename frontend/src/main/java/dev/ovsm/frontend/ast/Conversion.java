package dev.ovsm.frontend.ast;

import java.util.List;
import java.util.Locale;

/**
 * Conversion to a number type: by its name it fails where the value does not fit, by {@code
 * wrapping-} and its name it keeps the low bits, by {@code saturating-} it stops at the type's
 * ends.
 */
public enum Conversion implements Builtin {
  U8(8, false),
  U16(16, false),
  U32(32, false),
  U64(64, false),
  U128(128, false),
  I8(8, true),
  I16(16, true),
  I32(32, true),
  I64(64, true),
  I128(128, true);

  private final int bits;
  private final boolean signed;

  Conversion(int bits, boolean signed) {
    this.bits = bits;
    this.signed = signed;
  }

  public int bits() {
    return bits;
  }

  public boolean signed() {
    return signed;
  }

  @Override
  public List<String> names() {
    String type = name().toLowerCase(Locale.ROOT);
    return List.of(type, "wrapping-" + type, "saturating-" + type);
  }

  @Override
  public int fewest() {
    return 1;
  }

  @Override
  public int most() {
    return 1;
  }
}
