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
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings the arguments of a call to the parameters of a function, one value for each. */
final class Arguments {
  private static final int NOWHERE = Integer.MAX_VALUE;

  private final Session session;
  private final FunctionTyper typer;
  private final List<Hir> before = new ArrayList<>();
  private FunctionTyper defaults;

  Arguments(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.defaults = typer;
  }

  /**
   * What a parameter gets.
   *
   * @param argument null where the call leaves it out
   * @param at the place of the argument among those of the call, of several the first
   */
  private record Slot(Parameter parameter, @Nullable Ast argument, int at) {}

  /** A value for every parameter in order, or nothing with the report made. */
  Optional<List<Hir>> match(Ast.Lambda lambda, Ast.Apply apply) {
    boolean keyed = lambda.parameters().stream().anyMatch(p -> p.kind() == Parameter.Kind.KEY);
    List<Integer> positional = new ArrayList<>();
    Map<String, Integer> named = new LinkedHashMap<>();
    List<Ast> given = apply.arguments();
    for (int i = 0; i < given.size(); i++) {
      if (keyed && given.get(i) instanceof Ast.Key key && i + 1 < given.size()) {
        named.put(key.name(), ++i);
      } else {
        positional.add(i);
      }
    }
    int at = 0;
    List<Slot> slots = new ArrayList<>();
    for (Parameter parameter : lambda.parameters()) {
      @Nullable Integer place = null;
      switch (parameter.kind()) {
        case REQUIRED, OPTIONAL -> place = at < positional.size() ? positional.get(at++) : null;
        case KEY -> place = named.remove(parameter.variable().name());
        case REST -> {
          List<Integer> rest = positional.subList(at, positional.size());
          int first = rest.isEmpty() ? NOWHERE : rest.get(0);
          List<Ast> all = rest.stream().map(given::get).toList();
          slots.add(new Slot(parameter, new Ast.Vector(all, apply.span()), first));
          at = positional.size();
          continue;
        }
      }
      if (place == null && parameter.kind() == Parameter.Kind.REQUIRED) {
        return wrong(
            lambda, apply, "an argument for " + parameter.variable().name() + " is missing");
      }
      slots.add(
          place == null
              ? new Slot(parameter, null, NOWHERE)
              : new Slot(parameter, given.get(place), place));
    }
    List<Hir> values = values(slots, lambda, apply);
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

  /** Where defaults or the order of writing ask for it, values are computed before the call. */
  private List<Hir> values(List<Slot> slots, Ast.Lambda lambda, Ast.Apply apply) {
    defaults = new FunctionTyper(session, Basic.UNIT);
    boolean binds =
        slots.stream().anyMatch(slot -> isComputed(slot.parameter)) || !isInOrder(slots);
    List<Hir> values = new ArrayList<>();
    Map<Integer, Hir> written = new TreeMap<>();
    List<Hir> fallbacks = new ArrayList<>();
    for (Slot slot : slots) {
      Hir value = argument(slot.parameter, slot.argument, lambda, apply);
      if (!binds || Type.resolved(value.type()) == Basic.BROKEN) {
        values.add(value);
        continue;
      }
      // Defaults may use what earlier parameters have.
      Local local =
          typer.context().local(slot.parameter.variable().name(), value.type(), value.span());
      Hir write = new Hir.Write(local, value, value.span());
      if (slot.argument == null || written.putIfAbsent(slot.at, write) != null) {
        fallbacks.add(write);
      }
      defaults.bind(slot.parameter.variable(), local);
      values.add(new Hir.Read(local, value.span()));
    }
    before.addAll(written.values());
    before.addAll(fallbacks);
    return values;
  }

  private static boolean isInOrder(List<Slot> slots) {
    int last = -1;
    for (Slot slot : slots) {
      if (slot.at < last) {
        return false;
      }
      last = slot.at == NOWHERE ? last : slot.at;
    }
    return true;
  }

  /** What has to run before the call: arguments as they are written, then defaults. */
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
