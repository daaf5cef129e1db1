package dev.ovsm.frontend.resolve;

import dev.ovsm.frontend.ast.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names visible at a place of a function.
 *
 * <p>A name defined inside a branch stays visible after it, in the rest of the function, unless the
 * name already meant something there; several branches may define it, and all of them mean one
 * variable from then on.
 */
final class Scope {
  private final @Nullable Scope parent;
  private final FunctionScope function;
  private final Map<String, Variable> names = new LinkedHashMap<>();
  private final Map<String, Variable> defined = new LinkedHashMap<>();

  private Scope(@Nullable Scope parent, FunctionScope function) {
    this.parent = parent;
    this.function = function;
  }

  /** The scope of a function's parameters; {@code enclosing} is null at top level. */
  static Scope ofFunction(@Nullable Scope enclosing) {
    return new Scope(enclosing, new FunctionScope());
  }

  Scope block() {
    return new Scope(this, function);
  }

  boolean isFunctionTop() {
    return parent == null || parent.function != function;
  }

  /** Whether the place is in a function inside another. */
  boolean isNested() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.parent != null && scope.parent.function != function) {
        return true;
      }
    }
    return false;
  }

  void bind(Variable variable) {
    names.put(variable.name(), variable);
  }

  /** Binds a variable that outlives this block. */
  void define(Variable variable) {
    bind(variable);
    defined.put(variable.name(), variable);
  }

  /** Ends this block: what it defined stays known to the function. */
  void leave() {
    for (Variable variable : defined.values()) {
      if (parent != null
          && parent.function == function
          && !parent.bindsInFunction(variable.name())) {
        function.escaped.computeIfAbsent(variable.name(), n -> new ArrayList<>()).add(variable);
      }
    }
  }

  private boolean bindsInFunction(String name) {
    for (Scope scope = this; scope != null && scope.function == function; scope = scope.parent) {
      if (scope.names.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The variable called {@code name}, noted as captured by every function between it and this
   * place.
   *
   * @param names told of variables that are used after their branch, and that stand for another
   */
  Optional<Variable> find(String name, Names names) {
    List<FunctionScope> crossed = new ArrayList<>();
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Variable found = scope.names.get(name);
      if (found == null && scope.isFunctionTop()) {
        found = scope.function.merged(name, names);
      }
      if (found != null) {
        for (FunctionScope inner : crossed) {
          inner.captures.add(found);
        }
        return Optional.of(found);
      }
      if (scope.isFunctionTop()) {
        crossed.add(scope.function);
      }
    }
    return Optional.empty();
  }

  List<Variable> captures() {
    return List.copyOf(function.captures);
  }

  int loops() {
    return function.loops;
  }

  void enterLoop() {
    function.loops++;
  }

  void leaveLoop() {
    function.loops--;
  }

  /** Whether a name means a variable here. */
  boolean knows(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.names.containsKey(name) || scope.function.escaped.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a variable belongs to a function around this one. */
  boolean captures(Variable variable) {
    return function.captures.contains(variable);
  }

  /** Every name visible here, innermost first. */
  Set<String> visible() {
    Set<String> all = new LinkedHashSet<>();
    for (Scope scope = this; scope != null; scope = scope.parent) {
      all.addAll(scope.names.keySet());
      all.addAll(scope.function.escaped.keySet());
    }
    return all;
  }

  /** What all scopes of one function share. */
  private static final class FunctionScope {
    final Set<Variable> captures = new LinkedHashSet<>();
    final Map<String, List<Variable>> escaped = new LinkedHashMap<>();
    int loops;

    @Nullable Variable merged(String name, Names names) {
      List<Variable> all = escaped.get(name);
      if (all == null) {
        return null;
      }
      Variable first = all.get(0);
      for (Variable other : all.subList(1, all.size())) {
        names.aliases.putIfAbsent(other, first);
      }
      all.subList(1, all.size()).clear();
      names.hoisted.add(first);
      return first;
    }
  }
}
