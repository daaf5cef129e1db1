package dev.ovsm.frontend.type;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types the data of events and ring records: texts as they are, everything else in Borsh. */
final class Payloads {
  private static final String TAG = "type";
  private final Session session;
  private final FunctionTyper typer;

  Payloads(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  /** The bytes of a value, which is the payload of {@code event} if that is known. */
  Hir bytes(Ast argument, Optional<String> event) {
    Hir value = typer.agreement().decay(typer.value(argument));
    Type type = Type.resolved(value.type());
    if (type == Basic.STRING || type == Basic.BROKEN) {
      return value;
    }
    Hir payload =
        event.map(name -> session.events().emit(name, value, typer.agreement())).orElse(value);
    return Type.resolved(payload.type()) == Basic.BROKEN
        ? payload
        : new Hir.Borsh(payload, argument.span());
  }

  /**
   * A record of a ring; one with a {@code :type} is an event of that name: the name comes first,
   * then the other fields.
   */
  Hir ringRecord(Ast argument) {
    if (!(argument instanceof Ast.Fields record)) {
      return bytes(argument, Optional.empty());
    }
    Optional<Ast.Field> tag =
        record.fields().stream().filter(field -> field.name().equals(TAG)).findFirst();
    if (tag.isEmpty() || !(tag.get().value() instanceof Ast.Text name)) {
      return bytes(argument, Optional.empty());
    }
    List<Ast.Field> others =
        record.fields().stream().filter(field -> !field.name().equals(TAG)).toList();
    Hir fields = typer.value(new Ast.Fields(others, record.span()));
    Hir payload = session.events().emit(name.value(), fields, typer.agreement());
    if (!(Type.resolved(payload.type()) instanceof Type.Fields type)) {
      return payload;
    }
    List<Type.Field> all = new ArrayList<>();
    all.add(new Type.Field(TAG, Basic.STRING));
    all.add(new Type.Field("payload", type));
    Hir title = new Hir.TextConstant(name.value(), name.span());
    Hir tagged = new Hir.Compose(List.of(title, payload), new Type.Fields(all), record.span());
    return new Hir.Borsh(tagged, record.span());
  }
}
