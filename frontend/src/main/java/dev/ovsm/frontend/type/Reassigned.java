package dev.ovsm.frontend.type;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.AstParts;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the other functions that a variable is set to, or that are put into the collection that it
 * names, so that there is room for each of them.
 */
final class Reassigned {
  private final FunctionTyper typer;
  private final Ast body;
  private @Nullable Map<Variable, List<Ast>> values;
  private @Nullable Map<Variable, List<Ast>> elements;

  /**
   * @param body all code in which variables of the function may be set
   */
  Reassigned(FunctionTyper typer, Ast body) {
    this.typer = typer;
    this.body = body;
  }

  private List<Ast> valuesOf(Variable variable) {
    Map<Variable, List<Ast>> known = values;
    if (known == null) {
      Map<Variable, List<Ast>> found = new LinkedHashMap<>();
      AstParts.walk(
          body,
          ast -> {
            if (ast instanceof Ast.Assign assign && assign.place() instanceof Ast.Use use) {
              found.computeIfAbsent(use.variable(), v -> new ArrayList<>()).add(assign.value());
            }
          });
      values = found;
      known = found;
    }
    return known.getOrDefault(variable, List.of());
  }

  /** What is pushed to a variable's vector, or set as an element of what it names. */
  private List<Ast> elementsOf(Variable variable) {
    Map<Variable, List<Ast>> known = elements;
    if (known == null) {
      Map<Variable, List<Ast>> found = new LinkedHashMap<>();
      AstParts.walk(
          body,
          ast -> {
            if (ast instanceof Ast.Assign assign) {
              collection(assign.place(), Operation.GET)
                  .ifPresent(
                      v -> found.computeIfAbsent(v, x -> new ArrayList<>()).add(assign.value()));
            } else if (ast instanceof Ast.Apply apply) {
              collection(ast, Operation.PUSH)
                  .ifPresent(
                      v ->
                          found
                              .computeIfAbsent(v, x -> new ArrayList<>())
                              .add(apply.arguments().get(1)));
            }
          });
      elements = found;
      known = found;
    }
    return known.getOrDefault(variable, List.of());
  }

  /** The variable of a collection that an operation is applied to. */
  private static Optional<Variable> collection(Ast ast, Operation operation) {
    return ast instanceof Ast.Apply apply
            && apply.function() instanceof Ast.Primitive primitive
            && primitive.builtin() == operation
            && apply.arguments().get(0) instanceof Ast.Use use
        ? Optional.of(use.variable())
        : Optional.empty();
  }

  /**
   * The first value of a variable: as a choice if it is a function and others follow it; with
   * choices as elements if it is an array of functions and others are set.
   */
  Hir widened(Variable variable, Hir value) {
    Type type = Type.resolved(value.type());
    Choices choices = new Choices(typer.context());
    if (value instanceof Hir.VectorOf vector) {
      return elements(variable, vector, choices);
    }
    if (!isFunction(type)) {
      return value;
    }
    return choices
        .of(functions(type, valuesOf(variable)))
        .flatMap(choice -> choices.as(value, choice))
        .orElse(value);
  }

  private Hir elements(Variable variable, Hir.VectorOf vector, Choices choices) {
    Type type = Type.resolved(vector.type());
    Type of =
        type instanceof Type.Vec vec
            ? vec.of()
            : type instanceof Type.Array array ? array.of() : Basic.BROKEN;
    if (!isFunction(Type.resolved(of))) {
      return vector;
    }
    Optional<Type.Choice> all = choices.of(functions(Type.resolved(of), elementsOf(variable)));
    if (all.isEmpty()) {
      return vector;
    }
    List<Hir> items = choices.as(vector.items(), all.get());
    Type element = typer.context().held(all.get(), of, vector.span());
    Type made =
        type instanceof Type.Vec vec
            ? new Type.Vec(element, vec.most())
            : new Type.Array(element, items.size());
    return new Hir.VectorOf(items, made, vector.span());
  }

  /** Whether anything is put into the collection of a variable. */
  boolean isFilled(Variable variable) {
    return !elementsOf(variable).isEmpty();
  }

  /** What the element type of a variable's new vector is, as far as what is put into it tells. */
  Optional<Type> element(Variable variable) {
    List<Type> types = functions(null, elementsOf(variable));
    Choices choices = new Choices(typer.context());
    return choices.one(types).or(() -> choices.of(types).map(choice -> choice));
  }

  /** The types of functions that are known where the variable is defined, the first one before. */
  private List<Type> functions(@Nullable Type first, List<Ast> others) {
    List<Type> types = new ArrayList<>();
    if (first != null) {
      types.add(first);
    }
    others.stream()
        .flatMap(Reassigned::ends)
        .filter(this::isKnown)
        .forEach(one -> types.add(Type.resolved(typer.value(one).type())));
    return types;
  }

  /** What an expression may give. */
  private static Stream<Ast> ends(Ast ast) {
    if (ast instanceof Ast.If choice) {
      Ast otherwise = choice.otherwise();
      return Stream.concat(
          ends(choice.then()), otherwise == null ? Stream.empty() : ends(otherwise));
    } else if (ast instanceof Ast.Do block && !block.body().isEmpty()) {
      return ends(block.body().get(block.body().size() - 1));
    }
    return Stream.of(ast);
  }

  private static boolean isFunction(Type type) {
    return type instanceof Type.Closure
        || type instanceof Type.Choice
        || (type instanceof Type.Named named
            && named.definition().kind() == Definition.Kind.FUNCTION);
  }

  /** Whether a function can be made already where the variable is defined. */
  private boolean isKnown(Ast value) {
    return (value instanceof Ast.Global global
            && global.definition().kind() == Definition.Kind.FUNCTION)
        || (value instanceof Ast.Lambda lambda
            && lambda.captures().stream().allMatch(captured -> typer.local(captured).isPresent()));
  }
}
