package dev.ovsm.cli.scenario;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a field is laid out in an account; numbers are little-endian. */
enum FieldType {
  U8(1, false),
  U16(2, false),
  U32(4, false),
  U64(8, false),
  U128(16, false),
  I8(1, true),
  I16(2, true),
  I32(4, true),
  I64(8, true),
  I128(16, true),
  BOOL(1, false),
  PUBKEY(32, false),
  BYTES32(32, false);

  private final int bytes;
  private final boolean signed;

  FieldType(int bytes, boolean signed) {
    this.bytes = bytes;
    this.signed = signed;
  }

  int bytes() {
    return bytes;
  }

  boolean isNumber() {
    return this != PUBKEY && this != BYTES32;
  }

  /** Whether a number can be stored. */
  boolean holds(BigInteger number) {
    int bits = bytes * Byte.SIZE;
    return this == BOOL
        ? number.signum() >= 0 && number.bitLength() <= 1
        : signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
  }

  BigInteger read(byte[] data, int offset) {
    byte[] big = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      big[bytes - 1 - i] = data[offset + i];
    }
    return signed ? new BigInteger(big) : new BigInteger(1, big);
  }

  void write(byte[] data, int offset, BigInteger number) {
    for (int i = 0; i < bytes; i++) {
      data[offset + i] = number.shiftRight(Byte.SIZE * i).byteValue();
    }
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<FieldType> of(String word) {
    return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
  }
}
