package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Types {@code get} and the places that {@code set!} writes. */
final class Places {
  private final FunctionTyper typer;
  private final Agreement agreement;
  private final Session session;

  Places(FunctionTyper typer, Session session) {
    this.typer = typer;
    this.agreement = typer.agreement();
    this.session = session;
  }

  /** {@code (get whole key)}. */
  Hir get(Ast.Apply apply) {
    if (apply.arguments().size() > 2) {
      return new Elements(typer, this).getOr(apply);
    }
    Ast whole = apply.arguments().get(0);
    Ast key = apply.arguments().get(1);
    if (whole instanceof Ast.Global global) {
      Optional<Ast.Fields> record = session.knownRecord(global.definition());
      if (record.isPresent()) {
        return constantField(global.definition(), record.get(), key, apply.span());
      }
    }
    return get(agreement.operand(typer.value(whole)), key, apply.span());
  }

  private Hir constantField(Definition constant, Ast.Fields record, Ast key, Span span) {
    Optional<String> wanted = name(key);
    for (Ast.Field field : record.fields()) {
      if (wanted.filter(field.name()::equals).isPresent()) {
        return agreement.decay(Calls.at(session.constant(constant, field.value(), span), span));
      }
    }
    unknownField("this record", record.fields().stream().map(Ast.Field::name).toList(), key);
    return agreement.broken(span);
  }

  Hir get(Hir whole, Ast key, Span span) {
    Type type = Type.resolved(whole.type());
    if (type instanceof Type.Struct struct) {
      return slot(struct.layout(), key)
          .<Hir>map(s -> new Hir.Load(whole, s.offset(), s.type(), span))
          .orElseGet(() -> agreement.broken(span));
    }
    if (type instanceof Type.Account account && account.data() != null) {
      return slot(account.data(), key)
          .<Hir>map(s -> new Hir.Load(whole, Accounts.DATA + s.offset(), s.type(), span))
          .orElseGet(() -> agreement.broken(span));
    }
    boolean isNumbered = !(key instanceof Ast.Key) && !(key instanceof Ast.Text);
    if (isNumbered && Ranges.isRange(type)) {
      return typer
          .word(key)
          .map(index -> new Ranges(typer).get(whole, index, span))
          .orElseGet(() -> agreement.broken(span));
    }
    if (type instanceof Type.Fields fields) {
      int index = field(fields, key);
      return index < 0
          ? agreement.broken(span)
          : new Hir.Part(whole, index, fields.fields().get(index).type(), span);
    }
    if (type instanceof Type.Array array) {
      Optional<Hir> index = index(array, key);
      return index
          .<Hir>map(i -> Collections.element(whole, array, i, span))
          .orElseGet(() -> agreement.broken(span));
    }
    if (type instanceof Type.Vec vec) {
      return element(whole, vec, key, span);
    }
    if (type == Basic.STRING) {
      return byteAt(whole, key, span);
    }
    return notAWhole(whole, type);
  }

  /** {@code (set! (get whole key) value)} and {@code (set! (map-lookup map key) value)}. */
  Hir assign(Ast.Assign assign) {
    return put(assign.place(), agreement.decay(typer.value(assign.value())), assign.span());
  }

  /** Writes a value to a place. */
  private Hir put(Ast place, Hir value, Span span) {
    if (place instanceof Ast.Use use) {
      Hir read = typer.value(use);
      return read instanceof Hir.Read variable
          ? new Hir.Write(variable.local(), value, span)
          : agreement.broken(span);
    }
    boolean isGet =
        place instanceof Ast.Apply apply
            && apply.function() instanceof Ast.Primitive primitive
            && primitive.builtin() == Operation.GET
            && apply.arguments().size() == 2;
    if (place instanceof Ast.Apply lookup
        && lookup.function() instanceof Ast.Primitive primitive
        && primitive.builtin() == Operation.MAP_LOOKUP) {
      Optional<Hir> entry =
          new KeyedMaps(session, typer)
              .put(lookup, value)
              .or(() -> new MapRules(session, typer).put(lookup, value));
      if (entry.isPresent()) {
        return entry.get();
      }
    }
    if (!isGet || !(place instanceof Ast.Apply get)) {
      return storeThrough(typer.value(place), value, span);
    }
    Ast target = get.arguments().get(0);
    Hir whole = agreement.operand(typer.value(target));
    Type type = Type.resolved(whole.type());
    if (type instanceof Type.Fields fields) {
      return rebuild(target, whole, fields, get.arguments().get(1), value, span);
    }
    boolean inMemory =
        type instanceof Type.Struct
            || type instanceof Type.Array
            || type instanceof Type.Vec
            || type instanceof Type.Account;
    if (inMemory) {
      return storeThrough(get(get), value, span);
    }
    return type == Basic.BROKEN ? agreement.broken(span) : notAWhole(whole, type);
  }

  /** Writes where an expression that loads would have read. */
  private Hir storeThrough(Hir place, Hir value, Span span) {
    Hir fitting = agreement.coerce(value, place.type(), "the place holds", place.span());
    if (place instanceof Hir.Sequence before
        && before.body().get(before.body().size() - 1) instanceof Hir.Element element) {
      List<Hir> body = new ArrayList<>(before.body().subList(0, before.body().size() - 1));
      body.add(new Hir.StoreElement(element.array(), element.index(), fitting, span));
      return new Hir.Sequence(body, span);
    }
    if (place instanceof Hir.Load load) {
      return new Hir.Store(load.address(), load.offset(), fitting, span);
    }
    if (place instanceof Hir.Element element) {
      return new Hir.StoreElement(element.array(), element.index(), fitting, span);
    }
    if (Type.resolved(place.type()) != Basic.BROKEN) {
      notAPlace(place.span(), "this is not a place that can be set");
    }
    return agreement.broken(span);
  }

  private void notAPlace(Span span, String message) {
    typer
        .context()
        .report(
            Diagnostic.at(span, LanguageCode.NOT_HERE, message)
                .withHelp(
                    "set a variable, (get record :field) or (get vector index); for a record with"
                        + " another field use assoc"));
  }

  /** A record in a place is replaced by one with the new field. */
  private Hir rebuild(Ast target, Hir whole, Type.Fields fields, Ast key, Hir value, Span span) {
    int index = field(fields, key);
    boolean isPlace =
        target instanceof Ast.Use
            || (target instanceof Ast.Apply get
                && get.function() instanceof Ast.Primitive primitive
                && primitive.builtin() == Operation.GET);
    if (index < 0 || !isPlace) {
      if (index >= 0) {
        notAPlace(
            whole.span(),
            "this record is a value of its own, so setting its field changes nothing");
      }
      return agreement.broken(span);
    }
    return put(target, replace(whole, fields, index, value, span), span);
  }

  /** The record with another value in one field. */
  Hir replace(Hir whole, Type.Fields fields, int index, Hir value, Span span) {
    List<Hir> parts = new ArrayList<>();
    for (int i = 0; i < fields.fields().size(); i++) {
      Type type = fields.fields().get(i).type();
      parts.add(
          i == index
              ? agreement.coerce(value, type, "the field is", whole.span())
              : new Hir.Part(whole, i, type, span));
    }
    return new Hir.Compose(parts, fields, span);
  }

  /** The name that a key gives, if it is a constant one. */
  static Optional<String> name(Ast key) {
    if (key instanceof Ast.Key keyword) {
      return Optional.of(keyword.name());
    }
    return key instanceof Ast.Text text ? Optional.of(text.value()) : Optional.empty();
  }

  private Optional<Layout.Slot> slot(Layout layout, Ast key) {
    Optional<Layout.Slot> found = name(key).flatMap(layout::slot);
    if (found.isEmpty()) {
      List<String> names = layout.slots().stream().map(Layout.Slot::name).toList();
      unknownField(layout.name(), names, key);
    }
    return found;
  }

  int field(Type.Fields fields, Ast key) {
    int index = name(key).map(fields::index).orElse(-1);
    if (index < 0) {
      unknownField("this record", fields.fields().stream().map(Type.Field::name).toList(), key);
    }
    return index;
  }

  private void unknownField(String whole, List<String> names, Ast key) {
    String wanted = name(key).orElse(key.span().text());
    String all = names.stream().collect(Collectors.joining(", "));
    typer
        .context()
        .reportUnknown(
            Diagnostic.at(key.span(), LanguageCode.UNKNOWN_FIELD, whole + " has no field " + wanted)
                .withHelp("its fields are " + all),
            key.span(),
            wanted,
            names);
  }

  /** An element of a vector; fails behind the last one. */
  private Hir element(Hir whole, Type.Vec vec, Ast key, Span span) {
    List<Hir> body = new ArrayList<>();
    Hir kept = new Vectors(typer).kept(whole, body);
    Optional<Hir> number = agreement.number(typer.value(key));
    if (number.isEmpty()) {
      return agreement.broken(span);
    }
    Hir index = Agreement.convert(number.get(), Type.U64, Mode.CHECK, key.span());
    Hir length = Vectors.length(kept, vec, session.context(), span);
    Hir inside = Collections.inBounds(index, length, session.context(), key.span());
    body.add(new Hir.Element(kept, inside, vec.of(), span));
    return new Hir.Sequence(body, span);
  }

  /** A byte of a text; fails behind the last one. */
  private Hir byteAt(Hir whole, Ast key, Span span) {
    List<Hir> body = new ArrayList<>();
    Hir text = new Vectors(typer).kept(whole, body);
    Optional<Hir> number = agreement.number(typer.value(key));
    if (number.isEmpty()) {
      return agreement.broken(span);
    }
    Hir index = Agreement.convert(number.get(), Type.U64, Mode.CHECK, key.span());
    Hir length = new Hir.Part(text, 1, Type.U64, span);
    Hir inside = Collections.inBounds(index, length, session.context(), key.span());
    Hir address = new Hir.Shift(new Hir.Part(text, 0, Type.U64, span), inside, Type.U64, span);
    body.add(new Hir.Load(address, 0, Type.U8, span));
    return new Hir.Sequence(body, span);
  }

  private Optional<Hir> index(Type.Array array, Ast key) {
    Optional<Hir> number = agreement.number(typer.value(key));
    if (number.isEmpty()) {
      return Optional.empty();
    }
    Optional<BigInteger> known = Literals.constant(number.get());
    BigInteger length = BigInteger.valueOf(array.length());
    Hir index = Agreement.convert(number.get(), Type.U64, Mode.CHECK, key.span());
    if (known.isPresent()) {
      if (known.get().signum() < 0 || known.get().compareTo(length) >= 0) {
        typer
            .context()
            .report(
                Diagnostic.at(
                        key.span(),
                        LanguageCode.DOES_NOT_FIT,
                        "the index " + known.get() + " is outside of the " + length + " elements")
                    .withHelp("indices go from 0 to " + length.subtract(BigInteger.ONE)));
        return Optional.empty();
      }
      return Optional.of(index);
    }
    Hir limit = new Hir.Constant(length, Type.U64, key.span());
    return Optional.of(Collections.inBounds(index, limit, session.context(), key.span()));
  }

  private Hir notAWhole(Hir whole, Type type) {
    if (type instanceof Type.Account) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      whole.span(),
                      LanguageCode.CANNOT_INFER,
                      "nothing says what the data of this account holds")
                  .withHelp("declare it: :accounts ((name :type Struct))"));
    } else if (type instanceof Type.Var) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      whole.span(),
                      LanguageCode.CANNOT_INFER,
                      "nothing before this says what type the value has")
                  .withHelp("write its type where it is bound: (name : type)"));
    } else if (type != Basic.BROKEN && type != Basic.NEVER) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      whole.span(),
                      LanguageCode.TYPE_MISMATCH,
                      "this is " + Agreement.article(type) + ", which has no fields or elements")
                  .withHelp("get takes a record, a struct, a map value or a vector"));
    }
    return agreement.broken(whole.span());
  }
}
