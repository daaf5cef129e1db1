package dev.ovsm.tests.drawn;

import dev.ovsm.runtime.account.Pubkey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A type of the language, as far as programs are drawn with it. */
sealed interface Kind {
  /** How it is written. */
  String text();

  /** Whether its values are places, of which a second name is no copy. */
  default boolean isPlace() {
    return false;
  }

  /** Whether expressions of it are drawn; of other places there are only names and literals. */
  default boolean isComputed() {
    return !isPlace();
  }

  /** Public keys: places of 32 bytes, of which a second name is no copy either. */
  enum Key implements Kind {
    PUBKEY;

    @Override
    public String text() {
      return "pubkey";
    }

    @Override
    public boolean isPlace() {
      return true;
    }

    @Override
    public boolean isComputed() {
      return true;
    }

    static Place of(Pubkey key) {
      return new Place(new ArrayList<>(List.of(key)));
    }

    static Pubkey in(Object value) {
      return (Pubkey) ((Place) value).cells().get(0);
    }
  }

  /** A type whose values are plain. */
  enum Plain implements Kind {
    BOOL,
    F64,
    DECIMAL,
    STRING;

    @Override
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Whole numbers. */
  record Int(int bits, boolean signed) implements Kind {
    static final Int U8 = new Int(8, false);
    static final Int U32 = new Int(32, false);
    static final Int U64 = new Int(64, false);
    static final Int I64 = new Int(64, true);
    static final Int U128 = new Int(128, false);

    /** Every type of whole numbers, the one that is most common first. */
    static final List<Int> ALL =
        List.of(
            U64,
            I64,
            U8,
            U32,
            new Int(16, false),
            U128,
            new Int(8, true),
            new Int(16, true),
            new Int(32, true),
            new Int(128, true));

    @Override
    public String text() {
      return (signed ? "i" : "u") + bits;
    }

    BigInteger least() {
      return signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
    }

    BigInteger most() {
      return BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
    }

    boolean holds(BigInteger value) {
      return value.compareTo(least()) >= 0 && value.compareTo(most()) <= 0;
    }

    /** The number of this type with the same low bits. */
    BigInteger wrapped(BigInteger value) {
      BigInteger low = value.and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
      return signed && low.testBit(bits - 1) ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low;
    }

    /** The number of this type that is nearest. */
    BigInteger nearest(BigInteger value) {
      return value.max(least()).min(most());
    }

    boolean wide() {
      return bits == 128;
    }
  }

  /** A value or none. */
  record Option(Kind of) implements Kind {
    @Override
    public String text() {
      return "(option " + of.text() + ")";
    }
  }

  /** A number that has a name in a table. */
  record Enumeration(String name, List<String> names, List<Integer> values) implements Kind {
    /** How many it takes to hold every value. */
    int bytes() {
      return values.stream().allMatch(value -> value < 256) ? 1 : 2;
    }

    @Override
    public String text() {
      return name;
    }
  }

  /** Named fields. */
  record Struct(String name, List<String> fields, List<Kind> kinds) implements Kind {
    @Override
    public String text() {
      return name;
    }

    @Override
    public boolean isPlace() {
      return true;
    }
  }

  /** So many elements. */
  record Array(Kind of, int length) implements Kind {
    @Override
    public String text() {
      return "(array " + of.text() + " " + length + ")";
    }

    @Override
    public boolean isPlace() {
      return true;
    }
  }

  /** At most so many elements. */
  record Vec(Kind of, int most) implements Kind {
    @Override
    public String text() {
      return "(vec " + of.text() + " " + most + ")";
    }

    @Override
    public boolean isPlace() {
      return true;
    }
  }

  /** Whether the log says exactly what a value is; of binary fractions it says so many digits. */
  default boolean isShown() {
    if (this instanceof Struct struct) {
      return struct.kinds().stream().allMatch(Kind::isShown);
    }
    return this != Plain.F64;
  }

  /** The value of a place that nothing was put into. */
  static Object zero(Kind kind) {
    if (kind instanceof Int || kind instanceof Enumeration) {
      return BigInteger.ZERO;
    }
    if (kind instanceof Plain plain) {
      return switch (plain) {
        case BOOL -> false;
        case F64 -> 0.0;
        case DECIMAL -> BigInteger.ZERO;
        case STRING -> "";
      };
    }
    if (kind instanceof Option) {
      return Place.NULL;
    }
    if (kind == Key.PUBKEY) {
      return Key.of(Keys.SYSTEM);
    }
    List<Object> cells = new ArrayList<>();
    if (kind instanceof Struct struct) {
      struct.kinds().forEach(field -> cells.add(zero(field)));
    } else if (kind instanceof Array array) {
      for (int i = 0; i < array.length(); i++) {
        cells.add(zero(array.of()));
      }
    }
    return new Place(cells);
  }
}
