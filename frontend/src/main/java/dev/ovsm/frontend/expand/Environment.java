package dev.ovsm.frontend.expand;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of macro code, each scope inside another. */
final class Environment {
  private final @Nullable Environment outer;
  private final Map<String, Value> values = new LinkedHashMap<>();

  Environment(@Nullable Environment outer) {
    this.outer = outer;
  }

  void define(String name, Value value) {
    values.put(name, value);
  }

  Optional<Value> find(String name) {
    for (Environment scope = this; scope != null; scope = scope.outer) {
      Value found = scope.values.get(name);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** Whether a variable of that name existed, which now has another value. */
  boolean assign(String name, Value value) {
    for (Environment scope = this; scope != null; scope = scope.outer) {
      if (scope.values.replace(name, value) != null) {
        return true;
      }
    }
    return false;
  }
}
