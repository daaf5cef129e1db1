package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Types the operations on structs at an address: {@code (struct-get Name address :field)} and its
 * kin. Numbers of up to 64 bits are read as words and written with a check that they fit.
 */
final class StructRules {
  private static final int WORD = 64;
  private final Session session;
  private final FunctionTyper typer;
  private final Agreement agreement;

  StructRules(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.agreement = typer.agreement();
  }

  /** {@code (struct-size Name)}. */
  Hir size(Ast.Apply apply) {
    return layout(apply.arguments().get(0))
        .map(layout -> number(layout.bytes(), apply.span()))
        .orElseGet(() -> agreement.broken(apply.span()));
  }

  /** {@code (struct-idl Name)}. */
  Hir idl(Ast.Apply apply) {
    return layout(apply.arguments().get(0))
        .<Hir>map(
            layout ->
                new Hir.TextConstant(
                    new StructIdl(typer.context().declared()).of(layout), apply.span()))
        .orElseGet(() -> agreement.broken(apply.span()));
  }

  /** {@code (struct-offset Name :field)}. */
  Hir offset(Ast.Apply apply) {
    return slot(apply.arguments().get(0), apply.arguments().get(1))
        .map(slot -> number(slot.offset(), apply.span()))
        .orElseGet(() -> agreement.broken(apply.span()));
  }

  /** {@code (struct-field-size Name :field)}. */
  Hir fieldSize(Ast.Apply apply) {
    return slot(apply.arguments().get(0), apply.arguments().get(1))
        .map(slot -> number(Sizes.of(slot.type()), apply.span()))
        .orElseGet(() -> agreement.broken(apply.span()));
  }

  /** {@code (struct-ptr Name address :field)}: where the field lies. */
  Hir address(Ast.Apply apply) {
    Span span = apply.span();
    Optional<Layout.Slot> slot = slot(apply.arguments().get(0), apply.arguments().get(2));
    Optional<Hir> base = typer.word(apply.arguments().get(1));
    return slot.isPresent() && base.isPresent()
        ? new Hir.Shift(base.get(), number(slot.get().offset(), span), Type.U64, span)
        : agreement.broken(span);
  }

  /** {@code (struct-get Name address :field)}. */
  Hir get(Ast.Apply apply) {
    Span span = apply.span();
    Optional<Layout.Slot> slot = slot(apply.arguments().get(0), apply.arguments().get(2));
    Optional<Hir> base = typer.word(apply.arguments().get(1));
    if (slot.isEmpty() || base.isEmpty()) {
      return agreement.broken(span);
    }
    Hir loaded = new Hir.Load(base.get(), slot.get().offset(), slot.get().type(), span);
    return Type.resolved(slot.get().type()) instanceof Type.Int number && number.bits() < WORD
        ? new Hir.Convert(Mode.WRAP, loaded, number.signed() ? Type.I64 : Type.U64, span)
        : loaded;
  }

  /** {@code (struct-set Name address :field value)}. */
  Hir set(Ast.Apply apply) {
    Span span = apply.span();
    Ast written = apply.arguments().get(3);
    Optional<Layout.Slot> slot = slot(apply.arguments().get(0), apply.arguments().get(2));
    Optional<Hir> base = typer.word(apply.arguments().get(1));
    Hir value = agreement.decay(typer.value(written));
    if (slot.isEmpty() || base.isEmpty()) {
      return agreement.broken(span);
    }
    Type type = Type.resolved(slot.get().type());
    if (type instanceof Type.Int && Type.resolved(value.type()) instanceof Type.Int) {
      value = Agreement.convert(value, type, Mode.CHECK, written.span());
    }
    Hir fitting = agreement.coerce(value, type, slot.get().name() + " is", span);
    return new Hir.Store(base.get(), slot.get().offset(), fitting, span);
  }

  /** {@code (Name :field value …)}: a new struct in the frame; other fields are zero. */
  Hir make(Ast.Global name, Ast.Apply apply) {
    Span span = apply.span();
    Program.Struct declared = session.context().program().structs().get(name.definition());
    Optional<Type.Fields> record =
        declared == null ? Optional.empty() : session.types().record(declared);
    if (record.isPresent()) {
      return given(name, apply)
          .map(fields -> typer.value(new Ast.Fields(fields, span)))
          .map(made -> agreement.coerce(made, record.get(), name.definition().name() + " is", span))
          .orElseGet(() -> agreement.broken(span));
    }
    Optional<Layout> layout = layout(name);
    Optional<List<Ast.Field>> given = given(name, apply);
    if (layout.isEmpty() || given.isEmpty()) {
      return agreement.broken(span);
    }
    Type type = new Type.Struct(layout.get());
    Local local = typer.context().local("made", type, span);
    Hir read = new Hir.Read(local, span);
    List<Hir> body = new ArrayList<>();
    body.add(new Hir.Write(local, new Hir.Fresh(type, span), span));
    for (Ast.Field field : given.get()) {
      Hir value = agreement.decay(typer.value(field.value()));
      Optional<Layout.Slot> slot = slot(name, new Ast.Key(field.name(), field.span()));
      if (slot.isEmpty()) {
        return agreement.broken(span);
      }
      Hir fitting = agreement.coerce(value, slot.get().type(), slot.get().name() + " is", span);
      body.add(new Hir.Store(read, slot.get().offset(), fitting, span));
    }
    body.add(read);
    return new Hir.Sequence(body, span);
  }

  /** The fields that a call gives, by their names. */
  private Optional<List<Ast.Field>> given(Ast.Global name, Ast.Apply apply) {
    List<Ast.Field> fields = new ArrayList<>();
    List<Ast> arguments = apply.arguments();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!(arguments.get(i) instanceof Ast.Key key) || i + 1 == arguments.size()) {
        typer
            .context()
            .report(
                Diagnostic.at(
                        arguments.get(i).span(),
                        LanguageCode.WRONG_ARGUMENTS,
                        "a struct takes each field's name before its value")
                    .withHelp("write (" + name.definition().name() + " :field value …)"));
        return Optional.empty();
      }
      fields.add(new Ast.Field(key.name(), arguments.get(i + 1), key.span()));
    }
    return Optional.of(fields);
  }

  private static Hir number(int value, Span span) {
    return new Hir.Constant(BigInteger.valueOf(value), Type.U64, span);
  }

  private Optional<Layout> layout(Ast ast) {
    if (ast instanceof Ast.Global global
        && global.definition().kind() == Definition.Kind.STRUCT
        && session.types().read(new Form.Symbol(global.definition().name(), ast.span()))
            instanceof Type.Struct struct) {
      return Optional.of(struct.layout());
    }
    boolean isRecord =
        ast instanceof Ast.Global global && global.definition().kind() == Definition.Kind.STRUCT;
    if (isRecord) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      ast.span(),
                      LanguageCode.NOT_HERE,
                      "this struct has functions, so it lies in no memory")
                  .withHelp("keep what memory needs in a struct without functions"));
    } else if (!(ast instanceof Ast.Broken)) {
      typer
          .context()
          .report(
              Diagnostic.at(ast.span(), LanguageCode.UNKNOWN_TYPE, "this names no struct")
                  .withHelp("name one that is defined: (define-struct Name (field u64) …)"));
    }
    return Optional.empty();
  }

  private Optional<Layout.Slot> slot(Ast struct, Ast key) {
    Optional<Layout> layout = layout(struct);
    Optional<Layout.Slot> slot = layout.flatMap(found -> Places.name(key).flatMap(found::slot));
    if (layout.isPresent() && slot.isEmpty()) {
      List<String> names = layout.get().slots().stream().map(Layout.Slot::name).toList();
      typer
          .context()
          .reportUnknown(
              Diagnostic.at(
                      key.span(),
                      LanguageCode.UNKNOWN_FIELD,
                      layout.get().name() + " has no such field")
                  .withHelp("its fields are " + String.join(", ", names)),
              key.span(),
              Places.name(key).orElse(""),
              names);
    }
    return slot;
  }
}
