package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.List;

/** Types {@code try}: what runs where an error is raised, and what runs in any case. */
final class Attempts {
  private final FunctionTyper typer;

  Attempts(FunctionTyper typer) {
    this.typer = typer;
  }

  /** {@code (try body … (catch error handler …))}. */
  Hir attempt(Ast.Try attempt, boolean used) {
    Span span = attempt.span();
    List<Hir> paths = new ArrayList<>();
    paths.add(used ? typer.value(attempt.body()) : typer.effect(attempt.body()));
    Local error = typer.context().local(attempt.error().name(), Type.U64, attempt.error().span());
    typer.bind(attempt.error(), error);
    paths.add(used ? typer.value(attempt.handler()) : typer.effect(attempt.handler()));
    Type type = used ? typer.agreement().join(paths, span, "the body and the handler") : Basic.UNIT;
    return new Hir.Try(paths.get(0), error, paths.get(1), type, span);
  }

  /** A body and what runs at its end, however it ends. */
  Hir ended(Ast.Finally last, boolean used) {
    Span span = last.span();
    Hir body = used ? typer.value(last.body()) : typer.effect(last.body());
    if (!FunctionTyper.discards(body)) {
      return new Hir.Sequence(List.of(body, typer.effect(last.end())), span);
    }
    Hir plain = typer.agreement().decay(body);
    Local local = typer.context().local("value", plain.type(), span);
    return new Hir.Sequence(
        List.of(
            new Hir.Write(local, plain, span), typer.effect(last.end()), new Hir.Read(local, span)),
        span);
  }
}
