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

/** Types what makes texts: {@code str}, {@code +} of texts, and bytes that are taken for one. */
final class Texts {
  private final Session session;
  private final FunctionTyper typer;

  Texts(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  /** {@code (str value …)}: what {@code log} would write of the values, without gaps. */
  Hir made(Ast.Apply apply) {
    List<Hir> parts = new ArrayList<>();
    for (Ast argument : apply.arguments()) {
      Hir value = typer.agreement().decay(typer.value(argument));
      Type type = Type.resolved(value.type());
      if (type == Basic.STRING) {
        parts.add(value);
      } else if (LogRules.hasText(type)) {
        parts.add(new Hir.Format(value, argument.span()));
      } else if (type != Basic.BROKEN) {
        typer.context().report(LogRules.textless(argument.span(), type));
      }
    }
    return joined(parts, apply.span());
  }

  /** {@code (+ text text …)}. */
  Hir sum(List<Hir> values, Span span) {
    List<Hir> texts = new ArrayList<>();
    for (Hir value : values) {
      Hir plain = typer.agreement().operand(value);
      Type type = Type.resolved(plain.type());
      if (type != Basic.STRING && type != Basic.BROKEN) {
        typer
            .context()
            .report(
                Diagnostic.at(
                        plain.span(),
                        LanguageCode.TYPE_MISMATCH,
                        Agreement.subject(type) + " and a string is needed")
                    .withHelp("join texts with other values by (str …)"));
        return typer.agreement().broken(span);
      }
      texts.add(plain);
    }
    return joined(texts, span);
  }

  /** Texts one after another; neighbours that are constant are one constant. */
  private Hir joined(List<Hir> parts, Span span) {
    Hir whole = new Hir.TextConstant("", span);
    for (Hir next : parts) {
      if (whole instanceof Hir.TextConstant first && next instanceof Hir.TextConstant second) {
        whole = new Hir.TextConstant(first.value() + second.value(), span);
      } else if (whole instanceof Hir.TextConstant none
          && none.value().isEmpty()
          && !(next instanceof Hir.Format)) {
        whole = next;
      } else {
        whole =
            new Hir.Call(
                session.function("rt-join", List.of(Basic.STRING, Basic.STRING)),
                List.of(whole, next),
                span);
      }
    }
    return whole;
  }

  /** {@code (string-at address length)}. */
  Hir at(Ast.Apply apply) {
    List<Hir> words = new ArrayList<>();
    apply.arguments().forEach(argument -> typer.word(argument).ifPresent(words::add));
    return words.size() == 2
        ? new Hir.Compose(words, Basic.STRING, apply.span())
        : typer.agreement().broken(apply.span());
  }
}
