package dev.ovsm.frontend.lint;

import dev.ovsm.frontend.ast.Ast;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a registration watches of an account, as far as the source says it in numbers.
 *
 * @param part the part of the account
 * @param isAnyChange whether any difference at all is enough
 * @param offset of the bytes that it looks at, empty if it is not known
 * @param width how many bytes it looks at
 * @param place where the source says when it wakes
 */
record Criteria(Part part, boolean isAnyChange, Optional<BigInteger> offset, int width, Ast place) {
  private static final int ALL = Integer.MAX_VALUE;

  /** Parts of an account; the first in the order of the numbers of {@code sol_watcher_create}. */
  enum Part {
    ANYTHING,
    LAMPORTS,
    DATA,
    OWNER
  }

  /** What a registration watches, empty if it watches no account or what cannot be told. */
  static Optional<Criteria> of(Call registration, Subject subject) {
    return switch (registration.name()) {
      case "sol-watch-account" -> written(registration, subject);
      case "sol-subscribe-event" -> subscribed(registration, subject);
      case "sol-watcher-create" ->
          registration.argument("trigger-type").flatMap(type -> numbered(type, subject));
      case "sol-watcher-create-threshold" -> bytes(registration, "threshold", Long.BYTES, subject);
      case "sol-watcher-create-pattern" -> bytes(registration, "pattern", ALL, subject);
      default -> Optional.empty();
    };
  }

  /** Whether a change of data can be what it waits for. */
  boolean isOfData() {
    return part == Part.DATA || part == Part.ANYTHING;
  }

  private static Optional<Criteria> subscribed(Call call, Subject subject) {
    String type = call.argument("event-type").flatMap(MapPlace::word).orElse("");
    Optional<Ast> account = call.argument("account");
    return switch (type) {
      case "ACCOUNT_DATA_CHANGE" -> written(call, subject);
      case "ACCOUNT_BALANCE_CHANGE" -> account.map(place -> whole(Part.LAMPORTS, false, place));
      case "ACCOUNT_OWNER_CHANGE" -> account.map(place -> whole(Part.OWNER, true, place));
      default -> Optional.empty();
    };
  }

  private static Optional<Criteria> numbered(Ast type, Subject subject) {
    return subject
        .number(type)
        .filter(number -> number.signum() >= 0 && number.bitLength() < Integer.SIZE)
        .map(BigInteger::intValue)
        .filter(number -> number < Part.values().length)
        .map(number -> whole(Part.values()[number], true, type));
  }

  private static Criteria whole(Part part, boolean isAnyChange, Ast place) {
    return new Criteria(part, isAnyChange, Optional.of(BigInteger.ZERO), ALL, place);
  }

  private static Optional<Criteria> bytes(Call call, String what, int width, Subject subject) {
    Optional<BigInteger> offset = call.argument("offset").flatMap(subject::number);
    return call.argument(what).map(place -> new Criteria(Part.DATA, false, offset, width, place));
  }

  private static Optional<Criteria> written(Call call, Subject subject) {
    return call.argument("criteria")
        .map(subject::value)
        .filter(Ast.Fields.class::isInstance)
        .map(fields -> written((Ast.Fields) fields, subject));
  }

  private static Criteria written(Ast.Fields whole, Subject subject) {
    Map<String, Ast> parts = new TreeMap<>();
    whole.fields().forEach(field -> parts.put(field.name(), field.value()));
    Ast comparison = parts.get("comparison");
    Ast threshold = parts.get("threshold");
    BigInteger least =
        threshold == null ? BigInteger.ZERO : subject.number(threshold).orElse(BigInteger.TEN);
    String word = comparison == null ? "!=" : MapPlace.word(comparison).orElse("!=");
    return new Criteria(
        part(parts.get("field")),
        word.startsWith("CHANGE_") && least.compareTo(BigInteger.ONE) <= 0,
        parts.containsKey("offset")
            ? subject.number(parts.get("offset"))
            : Optional.of(BigInteger.ZERO),
        Optional.ofNullable(parts.get("mask"))
            .flatMap(subject::number)
            .map(mask -> (mask.bitLength() + 7) / 8)
            .orElse(Long.BYTES),
        comparison == null ? whole : comparison);
  }

  private static Part part(@Nullable Ast field) {
    return switch (field == null ? "data" : MapPlace.word(field).orElse("data")) {
      case "data" -> Part.DATA;
      case "lamports" -> Part.LAMPORTS;
      default -> Part.OWNER;
    };
  }
}
