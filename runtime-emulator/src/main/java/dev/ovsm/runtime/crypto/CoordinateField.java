package dev.ovsm.runtime.crypto;

import org.jspecify.annotations.Nullable;

/** A field whose elements are the coordinates of points: with roots, an order and an encoding. */
interface CoordinateField<E> extends Field<E> {
  /** Some square root, or null when there is none. */
  @Nullable E squareRoot(E a);

  /** Whether an element is not greater than its negative: the sign bit of encodings. */
  boolean isSmaller(E a);

  /** The number of bytes of an encoding. */
  int byteLength();

  /** The element of little-endian bytes, or null when they are not below the modulus. */
  @Nullable E decode(byte[] littleEndian);

  /** The little-endian bytes of an element. */
  byte[] encode(E a);
}
