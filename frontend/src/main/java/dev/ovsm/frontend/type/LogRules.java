package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.List;

/** Types {@code log}: the message, then {@code name=value} for every other keyword. */
final class LogRules {
  private final FunctionTyper typer;

  LogRules(FunctionTyper typer) {
    this.typer = typer;
  }

  Hir log(Ast.Apply apply) {
    List<Hir> parts = new ArrayList<>();
    List<Ast> arguments = apply.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      Ast argument = arguments.get(i);
      String gap = parts.isEmpty() ? "" : " ";
      if (argument instanceof Ast.Key key && i + 1 < arguments.size()) {
        String name = key.name().equals("message") ? "" : key.name() + "=";
        add(parts, gap + name, arguments.get(++i));
      } else {
        add(parts, gap, argument);
      }
    }
    return new Hir.Log(parts, apply.span());
  }

  private void add(List<Hir> parts, String before, Ast argument) {
    if (!before.isEmpty()) {
      parts.add(new Hir.TextConstant(before, argument.span()));
    }
    Hir value = typer.agreement().decay(typer.value(argument));
    Type type = Type.resolved(value.type());
    if (!hasText(type)) {
      typer.context().report(textless(argument.span(), type));
    }
    parts.add(value);
  }

  /** Whether values of a type can be written. */
  static boolean hasText(Type type) {
    return !(type == Basic.UNIT
        || type == Basic.NEVER
        || type instanceof Type.Closure
        || type instanceof Type.Choice
        || type instanceof Type.Named);
  }

  /** The report of a value that cannot be written. */
  static Diagnostic textless(Span span, Type type) {
    return Diagnostic.at(
            span, LanguageCode.TYPE_MISMATCH, "this has no value to write: " + type.word())
        .withHelp("log texts, numbers, truth values, public keys and records");
  }
}
