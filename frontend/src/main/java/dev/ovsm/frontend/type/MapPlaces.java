package dev.ovsm.frontend.type;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Variable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that name an element of a map that is always there: {@code (define state
 * (map-lookup m 0))}. A callback that captures one works on the element, not on a copy.
 */
final class MapPlaces {
  private final Map<Variable, Ast> lookups = new HashMap<>();

  void define(Variable variable, Ast value, boolean isFirst) {
    if (isFirst
        && value instanceof Ast.Apply apply
        && apply.function() instanceof Ast.Primitive primitive
        && primitive.builtin() == Operation.MAP_LOOKUP
        && apply.arguments().stream().allMatch(MapPlaces::isFixed)) {
      lookups.put(variable, value);
    } else {
      forget(variable);
    }
  }

  void forget(Variable variable) {
    lookups.remove(variable);
  }

  /** How the element that a variable names is looked up; empty if it names none. */
  Optional<Ast> of(Variable variable) {
    return Optional.ofNullable(lookups.get(variable));
  }

  private static boolean isFixed(Ast argument) {
    return argument instanceof Ast.Global || argument instanceof Ast.Whole;
  }
}
