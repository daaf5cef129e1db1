package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings the arguments of a call to the parameters of a function, one value for each. */
final class Arguments {
  private final Session session;
  private final FunctionTyper typer;
  private final List<Hir> before = new ArrayList<>();
  private FunctionTyper defaults;

  Arguments(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.defaults = typer;
  }

  /** A value for every parameter in order, or nothing with the report made. */
  Optional<List<Hir>> match(Ast.Lambda lambda, Ast.Apply apply) {
    boolean keyed = lambda.parameters().stream().anyMatch(p -> p.kind() == Parameter.Kind.KEY);
    List<Ast> positional = new ArrayList<>();
    Map<String, Ast> named = new LinkedHashMap<>();
    List<Ast> given = apply.arguments();
    for (int i = 0; i < given.size(); i++) {
      if (keyed && given.get(i) instanceof Ast.Key key && i + 1 < given.size()) {
        named.put(key.name(), given.get(++i));
      } else {
        positional.add(given.get(i));
      }
    }
    int at = 0;
    List<Hir> values = new ArrayList<>();
    defaults = new FunctionTyper(session, Basic.UNIT);
    boolean computes = lambda.parameters().stream().anyMatch(Arguments::isComputed);
    for (Parameter parameter : lambda.parameters()) {
      @Nullable Ast argument = null;
      switch (parameter.kind()) {
        case REQUIRED, OPTIONAL -> {
          if (at < positional.size()) {
            argument = positional.get(at++);
          }
        }
        case KEY -> argument = named.remove(parameter.variable().name());
        case REST -> {
          List<Ast> rest = positional.subList(at, positional.size());
          argument = new Ast.Vector(rest, apply.span());
          at = positional.size();
        }
      }
      if (argument == null && parameter.kind() == Parameter.Kind.REQUIRED) {
        return wrong(
            lambda, apply, "an argument for " + parameter.variable().name() + " is missing");
      }
      Hir value = argument(parameter, argument, lambda, apply);
      values.add(computes ? known(parameter, value) : value);
    }
    if (at < positional.size()) {
      return wrong(
          lambda,
          apply,
          lambda.name()
              + " takes "
              + Agreement.arguments(at)
              + ", and this gives it "
              + positional.size());
    }
    if (!named.isEmpty()) {
      return unknown(lambda, apply, named.keySet().iterator().next());
    }
    return Optional.of(values);
  }

  /** What has to run before the call: the values that defaults are made of. */
  List<Hir> before() {
    return before;
  }

  /** Whether a parameter's default is an expression, which may be made of earlier parameters. */
  private static boolean isComputed(Parameter parameter) {
    Ast fallback = parameter.fallback();
    return fallback instanceof Ast.Use
        || fallback instanceof Ast.Apply
        || fallback instanceof Ast.If
        || fallback instanceof Ast.Do;
  }

  /** The value in a variable that the defaults of later parameters can use. */
  private Hir known(Parameter parameter, Hir value) {
    if (Type.resolved(value.type()) == Basic.BROKEN) {
      return value;
    }
    Local local = typer.context().local(parameter.variable().name(), value.type(), value.span());
    before.add(new Hir.Write(local, value, value.span()));
    defaults.bind(parameter.variable(), local);
    return new Hir.Read(local, value.span());
  }

  private Hir argument(
      Parameter parameter, @Nullable Ast argument, Ast.Lambda lambda, Ast.Apply apply) {
    Type wanted = session.annotation(parameter);
    Hir value;
    if (argument != null) {
      value = typer.agreement().decay(typer.value(argument));
    } else if (parameter.fallback() != null) {
      value = typer.agreement().decay(defaults.value(parameter.fallback()));
    } else {
      value = typer.value(new Ast.Null(apply.span()));
    }
    if (Type.resolved(value.type()) == Basic.UNIT) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      value.span(), LanguageCode.TYPE_MISMATCH, "this form gives no value to pass")
                  .withHelp("pass an expression that has a value"));
      return typer.agreement().broken(value.span());
    }
    if (wanted == null) {
      return value;
    }
    String why = parameter.variable().name() + " of " + lambda.name() + " is";
    return typer.agreement().coerce(value, wanted, why, parameter.variable().span());
  }

  private static String shape(Parameter parameter) {
    String name = parameter.variable().name();
    return switch (parameter.kind()) {
      case REQUIRED -> name;
      case OPTIONAL -> "[" + name + "]";
      case REST -> name + "…";
      case KEY -> "[:" + name + " " + name + "]";
    };
  }

  /** Reports a keyword that no parameter has, where it stands. */
  private Optional<List<Hir>> unknown(Ast.Lambda lambda, Ast.Apply apply, String keyword) {
    Span span =
        apply.arguments().stream()
            .filter(one -> one instanceof Ast.Key key && key.name().equals(keyword))
            .map(Ast::span)
            .findFirst()
            .orElse(apply.span());
    List<String> names =
        lambda.parameters().stream()
            .filter(parameter -> parameter.kind() == Parameter.Kind.KEY)
            .map(parameter -> parameter.variable().name())
            .toList();
    String message = lambda.name() + " has no parameter :" + keyword;
    typer.context().reportUnknown(report(lambda, span, message), span, keyword, names);
    return Optional.empty();
  }

  private Optional<List<Hir>> wrong(Ast.Lambda lambda, Ast.Apply apply, String message) {
    typer.context().report(report(lambda, apply.span(), message));
    return Optional.empty();
  }

  private static Diagnostic report(Ast.Lambda lambda, Span span, String message) {
    String shape =
        lambda.parameters().stream()
            .map(Arguments::shape)
            .collect(Collectors.joining(" ", "(" + lambda.name() + " ", ")"));
    return Diagnostic.at(span, LanguageCode.WRONG_ARGUMENTS, message)
        .withLabel(lambda.span(), lambda.name() + " is defined here")
        .withHelp("call it as " + shape);
  }
}
