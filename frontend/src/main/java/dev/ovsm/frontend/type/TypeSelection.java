package dev.ovsm.frontend.type;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Types {@code typecase}: what a value's type is, is known, so that one clause is left; only
 * whether an option is null shows when the program runs.
 */
final class TypeSelection {
  private final FunctionTyper typer;
  private final Session session;

  TypeSelection(FunctionTyper typer, Session session) {
    this.typer = typer;
    this.session = session;
  }

  Hir type(Ast.TypeCase select, boolean used) {
    Hir value = typer.agreement().decay(typer.value(select.value()));
    Unifier.close(value.type(), value.span());
    Type type = Type.resolved(value.type());
    if (!(type instanceof Type.Option option)) {
      Hir chosen = body(chosen(select, type), used, select);
      Hir first = FunctionTyper.discards(value) ? new Hir.Discard(value, value.span()) : value;
      return new Hir.Sequence(List.of(first, chosen), select.span());
    }
    Local local = typer.context().local("value", type, value.span());
    Hir read = new Hir.Read(local, value.span());
    List<Hir> branches = new ArrayList<>();
    branches.add(body(chosen(select, Type.resolved(option.of())), used, select));
    branches.add(body(chosen(select, Basic.UNIT), used, select));
    Type joined =
        used ? typer.agreement().join(branches, select.span(), "the branches") : Basic.UNIT;
    Hir present = new Hir.IsPresent(read, select.span());
    return new Hir.Sequence(
        List.of(
            new Hir.Write(local, value, value.span()),
            new Hir.If(present, branches.get(0), branches.get(1), joined, select.span())),
        select.span());
  }

  private Hir body(Optional<Ast> chosen, boolean used, Ast.TypeCase select) {
    return chosen
        .map(body -> used ? typer.value(body) : typer.effect(body))
        .orElseGet(() -> new Hir.Nothing(Basic.UNIT, select.span()));
  }

  private Optional<Ast> chosen(Ast.TypeCase select, Type type) {
    for (Ast.TypeClause clause : select.clauses()) {
      if (clause.types().stream().anyMatch(form -> names(form, type))) {
        return Optional.of(clause.body());
      }
    }
    return Optional.ofNullable(select.otherwise());
  }

  /** Whether a form names a type: as it is written, or by the word for its kind. */
  private boolean names(Form form, Type type) {
    if (form instanceof Form.Null) {
      return type == Basic.UNIT;
    }
    String word = form instanceof Form.Symbol symbol ? symbol.name() : "";
    return switch (word) {
      case "int", "integer" -> type instanceof Type.Int;
      case "float" -> type == Basic.F64;
      case "number" -> type instanceof Type.Int || type == Basic.F64 || type == Basic.DECIMAL;
      case "boolean" -> type == Basic.BOOL;
      case "array", "vector", "list" -> type instanceof Type.Array || type instanceof Type.Vec;
      case "record", "object" -> type instanceof Type.Fields || type instanceof Type.Struct;
      case "function" ->
          type instanceof Type.Closure || type instanceof Type.Choice || type instanceof Type.Named;
      default -> Type.closed(session.types().read(form)).equals(Type.closed(type));
    };
  }
}
