package dev.ovsm.runtime.crypto;

import org.jspecify.annotations.Nullable;

/** A group of points in one encoding; operations over what does not decode are null. */
public interface PointGroup {
  /** The number of bytes of a point. */
  int pointLength();

  /** Whether bytes are a point of the group. */
  boolean isValid(byte[] point);

  /** {@code left + right}. */
  byte @Nullable [] add(byte[] left, byte[] right);

  /** {@code left - right}. */
  byte @Nullable [] subtract(byte[] left, byte[] right);

  /** {@code scalar · point}; the scalar has 32 bytes and must be below the group's order. */
  byte @Nullable [] multiply(byte[] scalar, byte[] point);
}
