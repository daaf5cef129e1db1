package dev.ovsm.cli.scenario;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as people write them: 1_000, -2.5, 0xFF, "5 SOL"; of bounded length. */
public final class Quantity {
  static final int LAMPORTS_PER_SOL_DIGITS = 9;

  private static final int LONGEST = 80;
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9][0-9_]*(\\.[0-9_]*[0-9])?");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F_]*[0-9a-fA-F]");

  private Quantity() {}

  /** The number that a text stands for, if it stands for one. */
  static Optional<BigDecimal> of(String text) {
    String digits = text.replace("_", "");
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    if (DECIMAL.matcher(text).matches()) {
      return Optional.of(new BigDecimal(digits));
    }
    if (HEX.matcher(text).matches()) {
      return Optional.of(new BigDecimal(new BigInteger(digits.substring(2), 16)));
    }
    return Optional.empty();
  }

  /** A balance: lamports, or so many SOL; unsigned in 64 bits. */
  public static Optional<Long> lamports(String text) {
    boolean isSol = text.endsWith("SOL");
    String number = isSol ? text.substring(0, text.length() - "SOL".length()).trim() : text;
    return of(number)
        .map(amount -> isSol ? amount.movePointRight(LAMPORTS_PER_SOL_DIGITS) : amount)
        .flatMap(amount -> whole(amount, Long.SIZE))
        .filter(amount -> amount.signum() >= 0)
        .map(BigInteger::longValue);
  }

  /** A whole number from 0 to the largest long. */
  static Optional<Long> count(String text) {
    return of(text)
        .flatMap(amount -> whole(amount, Long.SIZE - 1))
        .filter(amount -> amount.signum() >= 0)
        .map(BigInteger::longValue);
  }

  /** The number without fraction, if it has none and fits so many bits beside its sign. */
  static Optional<BigInteger> whole(BigDecimal number, int bits) {
    if (number.stripTrailingZeros().scale() > 0) {
      return Optional.empty();
    }
    BigInteger whole = number.toBigInteger();
    return whole.bitLength() <= bits ? Optional.of(whole) : Optional.empty();
  }
}
