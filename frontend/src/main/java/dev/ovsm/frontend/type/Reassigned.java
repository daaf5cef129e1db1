package dev.ovsm.frontend.type;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.AstParts;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the other functions that a variable is set to, so that it has room for each of them. */
final class Reassigned {
  private final FunctionTyper typer;
  private final Ast body;
  private @Nullable Map<Variable, List<Ast>> values;

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

  /** The first value of a variable, as a choice if it is a function and others follow it. */
  Hir widened(Variable variable, Hir value) {
    Type type = Type.resolved(value.type());
    if (!isFunction(type)) {
      return value;
    }
    List<Type> types = new ArrayList<>(List.of(type));
    valuesOf(variable).stream()
        .flatMap(Reassigned::ends)
        .filter(this::isKnown)
        .forEach(one -> types.add(Type.resolved(typer.value(one).type())));
    Choices choices = new Choices(typer.context());
    return types.size() == 1
        ? value
        : choices.of(types).flatMap(choice -> choices.as(value, choice)).orElse(value);
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
