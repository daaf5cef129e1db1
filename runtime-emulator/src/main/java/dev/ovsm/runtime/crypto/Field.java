package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A finite field over immutable elements of type {@code E}. */
interface Field<E> {
  E zero();

  E one();

  E add(E a, E b);

  E subtract(E a, E b);

  E multiply(E a, E b);

  E square(E a);

  E negate(E a);

  /** The inverse; of zero it is zero. */
  E invert(E a);

  boolean equal(E a, E b);

  default boolean isZero(E a) {
    return equal(a, zero());
  }

  default E twice(E a) {
    return add(a, a);
  }

  /** {@code a} to a power that is not negative, four bits of it at a time. */
  default E power(E a, BigInteger exponent) {
    List<E> powers = new ArrayList<>(List.of(one()));
    for (int i = 1; i < 16; i++) {
      powers.add(multiply(powers.get(i - 1), a));
    }
    E result = one();
    for (int at = (exponent.bitLength() + 3) / 4 * 4 - 4; at >= 0; at -= 4) {
      result = square(square(square(square(result))));
      int digit = Bits.digit(exponent, at, 4);
      if (digit != 0) {
        result = multiply(result, powers.get(digit));
      }
    }
    return result;
  }
}
