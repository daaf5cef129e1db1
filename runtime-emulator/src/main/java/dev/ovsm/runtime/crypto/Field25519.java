package dev.ovsm.runtime.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.jspecify.annotations.Nullable;

/** The integers modulo 2^255 - 19; an element need not be reduced. */
final class Field25519 implements Field<int[]> {
  private static final int LENGTH = 32;
  private static final int UNUSED_BIT = 0x80;

  private static int[] small(int number) {
    int[] element = X25519Field.create();
    element[0] = number;
    return element;
  }

  /** The element of a number below 2^25 in magnitude. */
  int[] of(int number) {
    return number < 0 ? negate(small(-number)) : small(number);
  }

  @Override
  public int[] zero() {
    return small(0);
  }

  @Override
  public int[] one() {
    return small(1);
  }

  @Override
  public int[] add(int[] a, int[] b) {
    int[] sum = X25519Field.create();
    X25519Field.add(a, b, sum);
    X25519Field.carry(sum);
    return sum;
  }

  @Override
  public int[] subtract(int[] a, int[] b) {
    int[] difference = X25519Field.create();
    X25519Field.sub(a, b, difference);
    X25519Field.carry(difference);
    return difference;
  }

  @Override
  public int[] multiply(int[] a, int[] b) {
    int[] product = X25519Field.create();
    X25519Field.mul(a, b, product);
    return product;
  }

  @Override
  public int[] square(int[] a) {
    int[] square = X25519Field.create();
    X25519Field.sqr(a, square);
    return square;
  }

  @Override
  public int[] negate(int[] a) {
    return subtract(zero(), a);
  }

  @Override
  public int[] invert(int[] a) {
    int[] inverse = X25519Field.create();
    X25519Field.inv(a, inverse);
    return inverse;
  }

  @Override
  public boolean equal(int[] a, int[] b) {
    return Arrays.equals(normalized(a), normalized(b));
  }

  /** RFC 8032 calls odd numbers negative. */
  boolean isNegative(int[] a) {
    return (normalized(a)[0] & 1) != 0;
  }

  int[] absolute(int[] a) {
    return isNegative(a) ? negate(a) : a;
  }

  /** The root of a quotient that is not negative, or null when it has none. */
  int @Nullable [] rootOfQuotient(int[] u, int[] v) {
    int[] root = X25519Field.create();
    return X25519Field.sqrtRatioVar(u, v, root) ? absolute(root) : null;
  }

  /** The element of 255 bits, little-endian, reduced. The last bit is nothing. */
  int[] decode(byte[] bytes) {
    int[] element = X25519Field.create();
    X25519Field.decode255(bytes, element);
    return element;
  }

  /** Whether the bytes are the encoding of their element. */
  boolean isCanonical(byte[] bytes) {
    return (bytes[LENGTH - 1] & UNUSED_BIT) == 0 && Arrays.equals(encode(decode(bytes)), bytes);
  }

  byte[] encode(int[] a) {
    byte[] bytes = new byte[LENGTH];
    X25519Field.encode(normalized(a), bytes);
    return bytes;
  }

  private static int[] normalized(int[] a) {
    int[] copy = a.clone();
    X25519Field.normalize(copy);
    return copy;
  }
}
