package dev.ovsm.cli.scenario;

import dev.ovsm.runtime.account.Account;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a field that a scenario describes itself. */
final class FieldText {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9]{2,7})@([0-9]{1,8})(?:/([0-9]{1,2}))?");

  private FieldText() {}

  /** The field that {@code TYPE@OFFSET} or {@code TYPE@OFFSET/DECIMALS} describes. */
  static Optional<Field> parse(String name, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int offset = Integer.parseInt(matcher.group(2));
    String decimals = matcher.group(3);
    int digits = decimals == null ? 0 : Integer.parseInt(decimals);
    return FieldType.of(matcher.group(1))
        .map(type -> new Field(name, type, offset, digits, null))
        .filter(field -> field.end() <= Account.MAX_DATA);
  }
}
