package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Conversion;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.ir.MapDecl;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which lookups find an entry because a map of the kind ARRAY has one for each key that they may
 * have: a remainder, a masked number, a round's number, or what is somewhere compared with a limit.
 */
final class KeyBounds {
  private final Subject subject;
  private final Map<Variable, BigInteger> limits = new LinkedHashMap<>();
  private final Set<Span> found = new LinkedHashSet<>();

  private KeyBounds(Subject subject) {
    this.subject = subject;
  }

  /** The places of such lookups. */
  static Set<Span> of(Subject subject) {
    KeyBounds bounds = new KeyBounds(subject);
    subject.everything(bounds::compared);
    subject.everything(bounds::lookup);
    return bounds.found;
  }

  private void compared(Ast ast) {
    if (ast instanceof Ast.Count count) {
      limit(count.variable(), count.to(), BigInteger.ZERO);
    } else if (ast instanceof Ast.Apply apply
        && apply.function() instanceof Ast.Primitive primitive
        && primitive.builtin() instanceof Operator operator
        && apply.arguments().size() == 2) {
      Ast left = apply.arguments().get(0);
      Ast right = apply.arguments().get(1);
      // What holds tells of one side, what does not of the other.
      switch (operator) {
        case LT, GE -> {
          limit(left, right, BigInteger.ZERO);
          limit(right, left, BigInteger.ONE);
        }
        case LE, GT -> {
          limit(left, right, BigInteger.ONE);
          limit(right, left, BigInteger.ZERO);
        }
        default -> {}
      }
    }
  }

  private void limit(Ast less, Ast more, BigInteger beyond) {
    if (less instanceof Ast.Use use) {
      limit(use.variable(), more, beyond);
    }
  }

  private void limit(Variable variable, Ast more, BigInteger beyond) {
    subject
        .number(more)
        .ifPresent(
            number ->
                limits.merge(
                    subject.program().canonical(variable), number.add(beyond), BigInteger::min));
  }

  private void lookup(Ast ast) {
    boolean looks =
        ast instanceof Ast.Apply apply
            && apply.function() instanceof Ast.Primitive primitive
            && primitive.builtin() == Operation.MAP_LOOKUP;
    Optional<MapPlace> place = looks ? MapPlace.of(ast, subject) : Optional.empty();
    if (place.flatMap(one -> entries(one).filter(most -> isBelow(one.key(), most))).isPresent()) {
      found.add(ast.span());
    }
  }

  private Optional<BigInteger> entries(MapPlace place) {
    return subject.typed().maps().stream()
        .filter(map -> map.name().equals(place.map().name()))
        .filter(map -> map.kind() == MapDecl.Kind.ARRAY)
        .map(map -> BigInteger.valueOf(map.declaration().maxEntries()))
        .findFirst();
  }

  private boolean isBelow(Ast key, BigInteger entries) {
    if (key instanceof Ast.Use use) {
      BigInteger limit = limits.get(subject.program().canonical(use.variable()));
      if (limit != null && limit.compareTo(entries) <= 0) {
        return true;
      }
    }
    Ast known = subject.value(key);
    if (!(known instanceof Ast.Apply apply)
        || !(apply.function() instanceof Ast.Primitive primitive)) {
      return false;
    }
    List<Ast> arguments = apply.arguments();
    if (primitive.builtin() instanceof Conversion) {
      return isBelow(arguments.get(0), entries);
    }
    boolean isRest = primitive.builtin() == Operator.REM;
    BigInteger beyond = isRest ? BigInteger.ZERO : BigInteger.ONE;
    return (isRest || primitive.builtin() == Operator.BIT_AND)
        && subject
            .number(arguments.get(1))
            .filter(number -> number.add(beyond).compareTo(entries) <= 0)
            .isPresent();
  }
}
