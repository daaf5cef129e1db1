package dev.ovsm.cli.scenario;

import java.math.BigDecimal;

/** What a scenario sets a field to. */
sealed interface Value {
  /** A number as people write it, the field's digits behind the point not yet applied. */
  record Amount(BigDecimal number) implements Value {}

  /** Bytes: an address, a feed, or the whole data of an account. */
  record Bytes(byte[] bytes) implements Value {}

  /** What the slot says in which it is set. */
  enum Now implements Value {
    CLOCK("$clock"),
    SLOT("$slot");

    private final String word;

    Now(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
