package dev.ovsm.cli.scenario;

import dev.ovsm.runtime.account.Account;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes numbers in accounts as people see them, scaled by what the account says. */
final class FieldAccess {
  /** A power of ten further from zero makes no sense in any account. */
  private static final int MOST_DIGITS = 64;

  private FieldAccess() {}

  /** What stands in a part of an account; empty if its data is too short, or no number. */
  static Optional<BigDecimal> read(Account account, Target target) {
    Field field = target.field();
    return switch (target.part()) {
      case LAMPORTS -> Optional.of(new BigDecimal(Long.toUnsignedString(account.lamports())));
      case LENGTH -> Optional.of(BigDecimal.valueOf(account.data().length));
      case DATA -> Optional.empty();
      case FIELD -> field == null ? Optional.empty() : read(account, target.role(), field);
    };
  }

  private static Optional<BigDecimal> read(Account account, Role role, Field field) {
    byte[] data = account.data();
    if (!field.type().isNumber() || field.end() > data.length) {
      return Optional.empty();
    }
    BigInteger raw = field.type().read(data, field.offset());
    return Optional.of(new BigDecimal(raw).movePointLeft(decimals(data, role, field)));
  }

  /**
   * Writes a value; a number is rounded down to the digits that the field has.
   *
   * @return why it cannot be, or null
   */
  static @Nullable String write(byte[] data, Role role, Field field, Value.Fixed value) {
    if (field.end() > data.length) {
      return "its data of " + data.length + " bytes does not reach " + field.name();
    }
    if (value instanceof Value.Bytes bytes) {
      System.arraycopy(bytes.bytes(), 0, data, field.offset(), bytes.bytes().length);
      return null;
    }
    BigDecimal number = ((Value.Amount) value).number();
    BigInteger raw =
        number
            .movePointRight(decimals(data, role, field))
            .setScale(0, RoundingMode.FLOOR)
            .toBigInteger();
    if (!field.type().holds(raw)) {
      return number.toPlainString() + " does not fit a " + field.type().word();
    }
    field.type().write(data, field.offset(), raw);
    return null;
  }

  private static int decimals(byte[] data, Role role, Field field) {
    String name = field.exponent();
    if (name == null) {
      return field.decimals();
    }
    Field exponent = role.layout().fields().get(name);
    if (exponent == null || exponent.end() > data.length) {
      return 0;
    }
    int power = exponent.type().read(data, exponent.offset()).intValue();
    return Math.max(-MOST_DIGITS, Math.min(MOST_DIGITS, -power));
  }
}
