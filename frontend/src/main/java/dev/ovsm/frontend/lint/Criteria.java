package dev.ovsm.frontend.lint;

import dev.ovsm.frontend.ast.Ast;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a watcher compares, as far as the source says it in numbers. */
record Criteria(Map<String, Ast> parts, Ast.Fields whole) {

  static Optional<Criteria> of(Call registration, Subject subject) {
    return registration
        .argument("criteria")
        .map(subject::value)
        .filter(Ast.Fields.class::isInstance)
        .map(Ast.Fields.class::cast)
        .map(
            fields -> {
              Map<String, Ast> parts = new TreeMap<>();
              fields.fields().forEach(field -> parts.put(field.name(), field.value()));
              return new Criteria(parts, fields);
            });
  }

  Optional<Ast> part(String name) {
    return Optional.ofNullable(parts.get(name));
  }

  /** Whether it looks at data rather than at the balance or the owner. */
  boolean isOfData() {
    return part("field").flatMap(MapPlace::word).orElse("data").equals("data");
  }

  String comparison() {
    return part("comparison").flatMap(MapPlace::word).orElse("!=");
  }

  /** Whether any difference at all is enough. */
  boolean isAnyChange(Subject subject) {
    BigInteger threshold =
        part("threshold")
            .map(ast -> subject.number(ast).orElse(BigInteger.TEN))
            .orElse(BigInteger.ZERO);
    return comparison().startsWith("CHANGE_") && threshold.compareTo(BigInteger.ONE) <= 0;
  }

  /** The offset of the bytes, if it is known. */
  Optional<BigInteger> offset(Subject subject) {
    return part("offset").map(subject::number).orElse(Optional.of(BigInteger.ZERO));
  }

  /** How many bytes it looks at. */
  int width(Subject subject) {
    return part("mask")
        .flatMap(subject::number)
        .map(mask -> (mask.bitLength() + 7) / 8)
        .orElse(Long.BYTES);
  }
}
