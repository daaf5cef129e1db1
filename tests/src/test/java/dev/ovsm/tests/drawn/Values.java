package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Draws values that come from outside. */
final class Values {
  private static final List<String> TEXTS = List.of("", "a", "some text", "é💓");
  private static final double QUARTER = 0.25;

  private Values() {}

  static Object of(Kind kind, Draws draws) {
    if (kind instanceof Kind.Int of) {
      boolean small = draws.below(4) != 3;
      BigInteger value =
          small
              ? BigInteger.valueOf(draws.below(30))
              : new BigInteger(Long.toString(draws.bits(62)));
      return of.wrapped(small && of.signed() && draws.chance(30) ? value.negate() : value);
    }
    if (kind instanceof Kind.Enumeration table) {
      return BigInteger.valueOf(draws.from(table.values()));
    }
    if (kind instanceof Kind.Option option) {
      return draws.chance(30) ? Place.NULL : of(option.of(), draws);
    }
    if (kind instanceof Kind.Plain plain) {
      return switch (plain) {
        case BOOL -> draws.below(2) == 1;
        case F64 -> QUARTER * (draws.below(2_000) - 500);
        case DECIMAL -> BigInteger.valueOf(draws.below(1 << 30) - (1 << 20));
        case STRING -> draws.from(TEXTS);
      };
    }
    if (kind == Kind.Key.PUBKEY) {
      return Kind.Key.of(draws.from(Addresses.KNOWN));
    }
    List<Object> cells = new ArrayList<>();
    if (kind instanceof Kind.Struct struct) {
      struct.kinds().forEach(field -> cells.add(of(field, draws)));
    } else {
      Kind of = kind instanceof Kind.Array array ? array.of() : ((Kind.Vec) kind).of();
      int count =
          kind instanceof Kind.Array array
              ? array.length()
              : draws.below(((Kind.Vec) kind).most() + 1);
      for (int i = 0; i < count; i++) {
        cells.add(of(of, draws));
      }
    }
    return new Place(cells);
  }
}
