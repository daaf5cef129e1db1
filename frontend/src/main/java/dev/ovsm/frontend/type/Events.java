package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What fields each event has: as declared, else as the only place that emits it says. */
final class Events {
  private final Context context;
  private final TypeForms types;
  private final Map<String, Emitted> emitted = new LinkedHashMap<>();

  Events(Context context, TypeForms types) {
    this.context = context;
    this.types = types;
  }

  private record Emitted(Type.Fields type, Span span) {}

  /** The declared fields of an event. */
  Optional<Type.Fields> declared(String name) {
    Program.Struct event = context.declared().event(name);
    if (event == null) {
      return Optional.empty();
    }
    List<Type.Field> fields = new ArrayList<>();
    for (Program.Member member : event.members()) {
      fields.add(new Type.Field(member.name(), types.read(member.type())));
    }
    return Optional.of(new Type.Fields(fields));
  }

  /** The fields that a handler of the event sees, if anything says so yet. */
  Optional<Type.Fields> known(String name) {
    return declared(name).or(() -> Optional.ofNullable(emitted.get(name)).map(Emitted::type));
  }

  /** The payload of an event that is emitted here, with the fields that the event has. */
  Hir emit(String name, Hir payload, Agreement agreement) {
    if (!(Type.resolved(payload.type()) instanceof Type.Fields given)) {
      return payload;
    }
    Optional<Type.Fields> wanted = declared(name);
    if (wanted.isEmpty()) {
      Emitted earlier = emitted.putIfAbsent(name, new Emitted(given, payload.span()));
      if (earlier != null && !Unifier.unify(earlier.type(), given, payload.span())) {
        context.report(
            Diagnostic.at(
                    payload.span(),
                    LanguageCode.TYPE_MISMATCH,
                    "the event " + name + " is emitted with other fields elsewhere")
                .withLabel(earlier.span(), earlier.type().word())
                .withHelp("declare its fields: (define-event " + name + " (field type) …)"));
      }
      return payload;
    }
    return as(wanted.get(), given, payload, name, agreement);
  }

  private Hir as(
      Type.Fields wanted, Type.Fields given, Hir payload, String name, Agreement agreement) {
    List<Hir> parts = new ArrayList<>();
    for (Type.Field field : wanted.fields()) {
      int index = given.index(field.name());
      if (index < 0) {
        context.report(
            Diagnostic.at(
                    payload.span(),
                    LanguageCode.UNKNOWN_FIELD,
                    "the event " + name + " needs a field " + field.name())
                .withHelp("its fields are " + wanted.word()));
        return agreement.broken(payload.span());
      }
      Hir value =
          payload instanceof Hir.Compose compose
              ? compose.parts().get(index)
              : new Hir.Part(payload, index, given.fields().get(index).type(), payload.span());
      parts.add(agreement.coerce(value, field.type(), "the field is", payload.span()));
    }
    for (Type.Field field : given.fields()) {
      if (wanted.index(field.name()) < 0) {
        context.report(
            Diagnostic.at(
                    payload.span(),
                    LanguageCode.UNKNOWN_FIELD,
                    "the event " + name + " has no field " + field.name())
                .withHelp("its fields are " + wanted.word()));
      }
    }
    return new Hir.Compose(parts, wanted, payload.span());
  }

  /** Reports an event whose fields nothing tells. */
  void unknown(String name, Span span) {
    context.report(
        Diagnostic.at(
                span,
                LanguageCode.UNKNOWN_EVENT,
                "nothing says what fields the event " + name + " has")
            .withHelp("declare it: (define-event " + name + " (field type) …)"));
  }
}
