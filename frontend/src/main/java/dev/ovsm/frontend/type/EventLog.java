package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Types {@code emit-event}: an event in the transaction's log as Anchor's clients read it, the
 * discriminator and the fields in Borsh, by a call that every cluster has.
 */
final class EventLog {
  private static final int SLICE = 16;
  private static final int WORD = 8;

  private final Session session;
  private final FunctionTyper typer;

  EventLog(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  /**
   * {@code (emit-event Event {:field value …})} and {@code (emit-event Event :field value …)}; the
   * event is named by its definition or a text.
   */
  Hir emit(Ast.Apply apply) {
    List<Ast> arguments = apply.arguments();
    Span span = apply.span();
    Optional<String> name = name(arguments.get(0));
    Optional<Ast> fields = fields(arguments.subList(1, arguments.size()), span);
    if (name.isEmpty() || fields.isEmpty()) {
      return wrong(span);
    }
    if (session.events().declared(name.get()).isEmpty()) {
      return unknown(name.get(), arguments.get(0).span());
    }
    Hir given = typer.agreement().decay(typer.value(fields.get()));
    if (Type.resolved(given.type()) == Basic.BROKEN) {
      return given;
    }
    Hir payload = session.events().emit(name.get(), given, typer.agreement());
    return Type.resolved(payload.type()) instanceof Type.Fields type
        ? logged(name.get(), payload, type, span)
        : typer.agreement().broken(span);
  }

  private static Optional<String> name(Ast ast) {
    return ast instanceof Ast.Global global && global.definition().kind() == Definition.Kind.EVENT
        ? Optional.of(global.definition().name())
        : ast instanceof Ast.Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** The record that is given, or the one that keywords and values make. */
  private static Optional<Ast> fields(List<Ast> arguments, Span span) {
    if (arguments.size() == 1 && !(arguments.get(0) instanceof Ast.Key)) {
      return Optional.of(arguments.get(0));
    }
    List<Ast.Field> fields = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      if (arguments.get(i) instanceof Ast.Key key) {
        fields.add(new Ast.Field(key.name(), arguments.get(i + 1), key.span()));
      }
    }
    return fields.size() * 2 == arguments.size()
        ? Optional.of(new Ast.Fields(fields, span))
        : Optional.empty();
  }

  private Hir logged(String name, Hir payload, Type.Fields type, Span span) {
    List<Hir> body = new ArrayList<>();
    Hir kept = kept("payload", payload, body);
    BigInteger tag = new BigInteger(Long.toUnsignedString(Discriminators.event(name)));
    List<Hir> parts = new ArrayList<>(List.of(new Hir.Constant(tag, Type.U64, span)));
    List<Type.Field> fields = new ArrayList<>(List.of(new Type.Field("", Type.U64)));
    for (int i = 0; i < type.fields().size(); i++) {
      Type.Field field = type.fields().get(i);
      parts.add(new Hir.Part(kept, i, field.type(), span));
      fields.add(field);
    }
    Hir whole = new Hir.Compose(parts, new Type.Fields(fields), span);
    Hir bytes = kept("event", new Hir.Borsh(whole, span), body);
    Hir slice = kept("slice", new Hir.StackBytes(SLICE, WORD, Type.U64, span), body);
    body.add(new Hir.Store(slice, 0, new Hir.Part(bytes, 0, Type.U64, span), span));
    body.add(new Hir.Store(slice, WORD, new Hir.Part(bytes, 1, Type.U64, span), span));
    Hir one = new Hir.Constant(BigInteger.ONE, Type.U64, span);
    Hir call = new Hir.Syscall("sol_log_data", List.of(slice, one), Basic.UNIT, span);
    body.add(call);
    return new Hir.Sequence(body, span);
  }

  private Hir kept(String name, Hir value, List<Hir> body) {
    Local local = typer.context().local(name, value.type(), value.span());
    body.add(new Hir.Write(local, value, value.span()));
    return new Hir.Read(local, value.span());
  }

  private Hir wrong(Span span) {
    typer
        .context()
        .report(
            Diagnostic.at(
                    span, LanguageCode.WRONG_ARGUMENTS, "emit-event takes an event and its fields")
                .withHelp("write (emit-event Filled :price 5 :size 2)"));
    return typer.agreement().broken(span);
  }

  private Hir unknown(String name, Span span) {
    List<String> known =
        typer.context().program().events().keySet().stream().map(Definition::name).toList();
    Diagnostic report =
        Diagnostic.at(span, LanguageCode.UNKNOWN_EVENT, "nothing declares the event " + name)
            .withHelp("declare it: (define-event " + name + " (field type) …)");
    typer.context().reportUnknown(report, span, name, known);
    return typer.agreement().broken(span);
  }
}
