package dev.ovsm.runtime.crypto;

/** The byte order of coordinates and scalars; of two parts, big-endian puts the second first. */
public enum Endianness {
  BIG,
  LITTLE;

  /** The same number little-endian; turns numbers in little-endian back as well. */
  byte[] little(byte[] bytes) {
    return this == LITTLE ? bytes : Bits.reversed(bytes);
  }
}
