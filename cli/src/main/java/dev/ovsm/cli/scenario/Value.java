package dev.ovsm.cli.scenario;

import java.math.BigDecimal;

/** What a scenario sets a field to. */
sealed interface Value {
  /**
   * What that is at a time.
   *
   * @param time of the clock, in seconds since 1970
   * @param slot of the chain
   */
  Fixed at(long time, long slot);

  /** What is the same at all times. */
  sealed interface Fixed extends Value {
    @Override
    default Fixed at(long time, long slot) {
      return this;
    }
  }

  /** A number as people write it, the field's digits behind the point not yet applied. */
  record Amount(BigDecimal number) implements Fixed {}

  /** Bytes: an address, a feed, or the whole data of an account. */
  record Bytes(byte[] bytes) implements Fixed {}

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

    @Override
    public Amount at(long time, long slot) {
      return new Amount(BigDecimal.valueOf(this == CLOCK ? time : slot));
    }
  }
}
