package dev.ovsm.frontend.read;

import dev.ovsm.diag.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text consists of before anything gives it meaning: atoms and nested sequences. */
public sealed interface Form {
  Span span();

  /** A name; two symbols are the same name if their texts are equal. */
  record Symbol(String name, Span span) implements Form {}

  /** A name written with a leading colon, kept without it. */
  record Keyword(String name, Span span) implements Form {}

  /** A whole number with its type suffix, such as {@code u8}, if it has one. */
  record Whole(BigInteger value, @Nullable String suffix, Span span) implements Form {}

  /** A number with a fraction or an exponent, exact as written. */
  record Fraction(BigDecimal value, Span span) implements Form {}

  /** A string with its escapes resolved. */
  record Text(String value, Span span) implements Form {}

  /** A character as its Unicode code point. */
  record CodePoint(int value, Span span) implements Form {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value, Span span) implements Form {}

  /** {@code null} or {@code nil}. */
  record Null(Span span) implements Form {}

  /** A public key: 32 bytes. */
  record PublicKey(List<Byte> bytes, Span span) implements Form {
    public PublicKey {
      bytes = List.copyOf(bytes);
    }
  }

  /** Forms between brackets; {@code 'x} is the list {@code (quote x)} and its kin likewise. */
  record Sequence(Bracket bracket, List<Form> items, Span span) implements Form {
    public Sequence {
      items = List.copyOf(items);
    }

    /** Whether this is a list whose first item is the symbol {@code name}. */
    public boolean startsWith(String name) {
      return bracket == Bracket.LIST
          && !items.isEmpty()
          && items.get(0) instanceof Symbol head
          && head.name().equals(name);
    }
  }

  /** The three kinds of brackets. */
  enum Bracket {
    LIST("(", ")"),
    VECTOR("[", "]"),
    MAP("{", "}");

    private final String open;
    private final String close;

    Bracket(String open, String close) {
      this.open = open;
      this.close = close;
    }

    public String open() {
      return open;
    }

    public String close() {
      return close;
    }
  }

  /** Whether this is the symbol {@code name}. */
  default boolean isSymbol(String name) {
    return this instanceof Symbol symbol && symbol.name().equals(name);
  }
}
