package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** How values stand in the log. */
final class Shown {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final int MOST = 16;

  private Shown() {}

  static String of(Kind kind, Object value) {
    if (kind instanceof Kind.Option option) {
      return value == Place.NULL ? "null" : of(option.of(), value);
    }
    if (kind == Kind.Plain.DECIMAL) {
      return decimal((BigInteger) value);
    }
    if (kind == Kind.Key.PUBKEY) {
      return Kind.Key.in(value).toString();
    }
    if (!(value instanceof Place place)) {
      return value.toString();
    }
    List<String> parts = new ArrayList<>();
    if (kind instanceof Kind.Struct struct) {
      for (int i = 0; i < struct.fields().size(); i++) {
        parts.add(struct.fields().get(i) + "=" + of(struct.kinds().get(i), place.cells().get(i)));
      }
      return "{" + String.join(" ", parts) + "}";
    }
    Kind of = kind instanceof Kind.Array array ? array.of() : ((Kind.Vec) kind).of();
    for (Object cell : place.cells()) {
      parts.add(parts.size() < MOST ? of(of, cell) : "…");
      if (parts.size() > MOST) {
        break;
      }
    }
    return "[" + String.join(" ", parts) + "]";
  }

  /** Digits behind the point, without zeros at the end but at least one. */
  private static String decimal(BigInteger millionths) {
    BigInteger[] parts = millionths.abs().divideAndRemainder(MILLION);
    StringBuilder digits = new StringBuilder(parts[1].add(MILLION).toString().substring(1));
    while (digits.length() > 1 && digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    return (millionths.signum() < 0 ? "-" : "") + parts[0] + "." + digits;
  }
}
