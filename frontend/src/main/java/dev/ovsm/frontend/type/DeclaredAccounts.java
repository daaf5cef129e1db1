package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Binds the declared accounts of an entry and checks what their declaration promises. */
final class DeclaredAccounts {
  private final Session session;
  private final FunctionTyper typer;

  DeclaredAccounts(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  List<Hir> bind(List<Program.Account> accounts) {
    List<Hir> body = new ArrayList<>();
    for (int i = 0; i < accounts.size(); i++) {
      bind(accounts.get(i), i, body);
    }
    return body;
  }

  private void bind(Program.Account account, int index, List<Hir> body) {
    Span span = account.variable().span();
    Layout layout = null;
    if (account.type() != null
        && session.types().read(account.type()) instanceof Type.Struct struct) {
      layout = struct.layout();
    }
    Type type = new Type.Account(layout);
    Local local = session.context().local(account.variable().name(), type, span);
    typer.bind(account.variable(), local);
    Hir position = new Hir.Constant(BigInteger.valueOf(index), Type.U64, span);
    Hir record =
        new Hir.Call(
            session.function("account-record", List.of(Type.U64)), List.of(position), span);
    body.add(new Hir.Write(local, new Hir.Rename(record, type, span), span));
  }
}
