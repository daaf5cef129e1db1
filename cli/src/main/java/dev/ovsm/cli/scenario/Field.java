package dev.ovsm.cli.scenario;

import org.jspecify.annotations.Nullable;

/**
 * A named place in an account's data.
 *
 * @param decimals how many digits of the stored number stand behind the point
 * @param exponent the field that holds the power of ten to multiply with instead, or null
 */
record Field(String name, FieldType type, int offset, int decimals, @Nullable String exponent) {
  Field(String name, FieldType type, int offset) {
    this(name, type, offset, 0, null);
  }

  int end() {
    return offset + type.bytes();
  }
}
