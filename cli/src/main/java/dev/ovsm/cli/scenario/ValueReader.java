package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Reads the values that fit a part of an account. */
final class ValueReader {
  private static final String HEX = "0x";
  private static final int KEY = Pubkey.BYTES;

  private final Cast cast;
  private final Diagnostics found;

  ValueReader(Cast cast, Diagnostics found) {
    this.cast = cast;
    this.found = found;
  }

  /** What a text sets {@code target} to; said if it does not fit. */
  Optional<Value> read(Target target, Node.Text text) {
    String words = text.value();
    for (Value.Now now : Value.Now.values()) {
      if (now.word().equals(words)) {
        return target.isNumber()
            ? Optional.of(now)
            : refuse(text, words + " is a number, which this is not", "write what it takes");
      }
    }
    Field field = target.field();
    return switch (target.part()) {
      case LAMPORTS ->
          Quantity.lamports(words)
              .<Value>map(l -> new Value.Amount(new BigDecimal(Long.toUnsignedString(l))))
              .or(() -> refuse(text, words + " is no balance", "write lamports, or so many SOL"));
      case DATA ->
          hex(words, Account.MAX_DATA)
              .or(() -> refuse(text, words + " is not hex", "write 0x and pairs of hex digits"));
      case LENGTH -> refuse(text, "the length of an account cannot be set", "set its data");
      case FIELD -> field == null ? Optional.empty() : field(field, text);
    };
  }

  private Optional<Value> field(Field field, Node.Text text) {
    String words = text.value();
    if (field.type() == FieldType.PUBKEY) {
      return cast.address(text).map(key -> new Value.Bytes(key.bytes()));
    }
    if (field.type() == FieldType.BYTES32) {
      return hex(words, KEY)
          .filter(value -> value instanceof Value.Bytes bytes && bytes.bytes().length == KEY)
          .or(
              () ->
                  refuse(text, words + " is not 32 bytes in hex", "write 64 hex digits after 0x"));
    }
    if (field.type() == FieldType.BOOL && (words.equals("true") || words.equals("false"))) {
      return Optional.of(new Value.Amount(words.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO));
    }
    return Quantity.of(words)
        .<Value>map(Value.Amount::new)
        .or(() -> refuse(text, words + " is not a number", "write one, or $clock, or $slot"));
  }

  /** A number, for values that are between two others. */
  Optional<BigDecimal> number(Node node) {
    return Keys.text(node, "the value", found)
        .flatMap(
            text ->
                Quantity.of(text.value())
                    .or(
                        () -> {
                          refuse(text, text.value() + " is not a number", "write one");
                          return Optional.empty();
                        }));
  }

  private Optional<Value> refuse(Node.Text text, String message, String help) {
    found.add(Keys.wrong(text, message).withHelp(help));
    return Optional.empty();
  }

  private static Optional<Value> hex(String text, int most) {
    if (!text.startsWith(HEX) || text.length() > HEX.length() + 2L * most) {
      return Optional.empty();
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(text.substring(HEX.length()));
      return Optional.of(new Value.Bytes(Arrays.copyOf(bytes, bytes.length)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
