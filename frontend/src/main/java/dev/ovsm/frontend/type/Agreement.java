package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.base58.Base58;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Makes values agree with the types that are wanted of them, and says so where they cannot. */
final class Agreement {
  private final Session session;
  private final Context context;

  Agreement(Session session) {
    this.session = session;
    this.context = session.context();
  }

  Hir broken(Span span) {
    return new Hir.Nothing(Basic.BROKEN, span);
  }

  Hir misplacedKeyword(Ast.Key key) {
    context.report(
        Diagnostic.at(
                key.span(), LanguageCode.NOT_HERE, "the keyword :" + key.name() + " is no value")
            .withHelp(
                "keywords name arguments and fields; for a text write \"" + key.name() + "\""));
    return broken(key.span());
  }

  /** The value as a variable holds it: the result of an intrinsic becomes a plain number. */
  Hir decay(Hir value) {
    Type type = Type.resolved(value.type());
    return type == Basic.CODE || type == Basic.ID
        ? new Hir.Rename(value, Type.U64, value.span())
        : value;
  }

  /**
   * The value as a {@code wanted}: options are wrapped and unwrapped, nothing else is converted.
   *
   * @param why what wants the type, before its name: {@code amount is}
   * @param where the place that wants it
   */
  Hir coerce(Hir value, Type wanted, String why, Span where) {
    Type to = Type.resolved(wanted);
    Hir plain = to == Basic.CODE || to == Basic.ID ? value : decay(value);
    Type from = Type.resolved(plain.type());
    if (from == Basic.NEVER || from == Basic.BROKEN || to == Basic.BROKEN) {
      return plain;
    }
    if (Signatures.isWritten(to)) {
      return new Signatures(session, why, where).held(plain, to, this);
    }
    if (to instanceof Type.Option option && !(from instanceof Type.Option)) {
      if (from instanceof Type.Var && Unifier.unify(from, to, plain.span())) {
        return plain;
      }
      return new Hir.Present(coerce(plain, option.of(), why, where), to, plain.span());
    }
    if (from instanceof Type.Option option
        && !(to instanceof Type.Option)
        && !(to instanceof Type.Var)) {
      return coerce(new Hir.Unwrap(plain, option.of(), plain.span()), to, why, where);
    }
    if (plain instanceof Hir.VectorOf vector && element(vector, to).isPresent()) {
      Type element = element(vector, to).get();
      List<Hir> items =
          vector.items().stream().map(item -> coerce(item, element, why, where)).toList();
      return new Hir.VectorOf(items, to, vector.span());
    }
    if (plain instanceof Hir.Compose record
        && from instanceof Type.Fields fields
        && to instanceof Type.Struct struct) {
      return struct(record, fields, struct, why, where);
    }
    if (isFunction(to)) {
      Optional<Hir> one = new Choices(context).as(plain, to);
      if (one.isPresent()) {
        return one.get();
      }
    }
    if (to == Basic.STRING && plain instanceof Hir.VectorOf vector) {
      Optional<Hir> bytes = Literals.bytes(vector, from);
      if (bytes.isPresent()) {
        return bytes.get();
      }
    }
    Optional<Hir> literal = literal(plain, to);
    if (literal.isPresent()) {
      return literal.get();
    }
    if (!Unifier.unify(from, to, where.isReal() ? where : plain.span())) {
      context.report(Disagreement.mismatch(plain, to, why, where));
      return broken(plain.span());
    }
    return plain;
  }

  /** What each item of a vector as it is written has to be, if there is room for all of them. */
  private static Optional<Type> element(Hir.VectorOf vector, Type to) {
    int count = vector.items().size();
    if (to instanceof Type.Array array && count == array.length()) {
      return Optional.of(array.of());
    }
    return to instanceof Type.Vec vec && count <= vec.most()
        ? Optional.of(vec.of())
        : Optional.empty();
  }

  /** The value under a type that is written beside it; an address may be said to hold any value. */
  Hir as(Hir value, Type wanted, Span written) {
    Type from = Type.resolved(value.type());
    boolean isPlace =
        wanted instanceof Type.Struct || wanted instanceof Type.Array || wanted instanceof Type.Vec;
    if (isPlace && (from.equals(Type.U64) || from == Basic.PUBKEY)) {
      return new Hir.Rename(value, wanted, value.span());
    }
    return coerce(value, wanted, "written here", written);
  }

  /** A record that is written where a struct is wanted; fields that it lacks are zero. */
  private Hir struct(
      Hir.Compose record, Type.Fields fields, Type.Struct struct, String why, Span where) {
    Span span = record.span();
    Local local = context.local("made", struct, span);
    List<Hir> body = new java.util.ArrayList<>();
    body.add(new Hir.Write(local, new Hir.Fresh(struct, span), span));
    for (int i = 0; i < fields.fields().size(); i++) {
      Type.Field field = fields.fields().get(i);
      Optional<dev.ovsm.frontend.hir.Layout.Slot> slot = struct.layout().slot(field.name());
      if (slot.isEmpty()) {
        context.report(
            Diagnostic.at(
                    span,
                    LanguageCode.UNKNOWN_FIELD,
                    struct.layout().name() + " has no field " + field.name())
                .withLabel(where, why + " " + struct.word())
                .withHelp("leave it out"));
        return broken(span);
      }
      Hir value = coerce(record.parts().get(i), slot.get().type(), "the field is", span);
      body.add(new Hir.Store(new Hir.Read(local, span), slot.get().offset(), value, span));
    }
    body.add(new Hir.Read(local, span));
    return new Hir.Sequence(body, span);
  }

  /** Texts stand for public keys, and addresses for numbers, where those are wanted. */
  private static Optional<Hir> literal(Hir value, Type to) {
    Type from = Type.resolved(value.type());
    if (value instanceof Hir.TextConstant text && to == Basic.PUBKEY) {
      return Base58.publicKey(text.value())
          .map(bytes -> new Hir.BytesConstant(bytes, 8, Basic.PUBKEY, text.span()));
    }
    boolean isAddress =
        from == Basic.PUBKEY
            || from instanceof Type.Struct
            || from instanceof Type.Array
            || from instanceof Type.Vec;
    if (from instanceof Type.Account && to == Basic.PUBKEY) {
      return Optional.of(Accounts.key(value));
    }
    if (isAddress && to.equals(Type.U64)) {
      return Optional.of(new Hir.Rename(value, Type.U64, value.span()));
    }
    if (to == Basic.PUBKEY && (from.equals(Type.U64) || isBytes(from))) {
      return Optional.of(new Hir.Rename(value, Basic.PUBKEY, value.span()));
    }
    return Optional.empty();
  }

  private static boolean isBytes(Type type) {
    return type instanceof Type.Array array
        && array.length() == 32
        && Type.resolved(array.of()).equals(Type.U8);
  }

  /** {@code this is a u64}. */
  static String subject(Type type) {
    return type == Basic.UNIT ? "this gives no value" : "this is " + article(type);
  }

  /** {@code 1 argument}, {@code 2 arguments}. */
  static String arguments(int count) {
    return count + (count == 1 ? " argument" : " arguments");
  }

  static String article(Type type) {
    String word = type.word();
    int first = word.startsWith("(") ? 1 : 0;
    boolean vowel = "aio".indexOf(word.charAt(first)) >= 0;
    return (vowel ? "an " : "a ") + word;
  }

  /** Both operands in one type. */
  Optional<Type> same(Hir left, Hir right, Span span) {
    return same(left, right, span, "the operands");
  }

  /**
   * Both values in one type.
   *
   * @param what they are, of several
   */
  Optional<Type> same(Hir left, Hir right, Span span, String what) {
    Type a = Type.resolved(left.type());
    Type b = Type.resolved(right.type());
    if (a == Basic.BROKEN || b == Basic.BROKEN) {
      return Optional.empty();
    }
    if (Unifier.unify(a, b, span)) {
      return Optional.of(Type.resolved(a));
    }
    context.report(Disagreement.between(left, right, span, what));
    return Optional.empty();
  }

  static boolean isFunction(Type type) {
    return type instanceof Type.Closure || type instanceof Type.Choice;
  }

  /** The value without its option, its code or id as a number: an operand. */
  Hir operand(Hir value) {
    Hir plain = decay(value);
    return Type.resolved(plain.type()) instanceof Type.Option option
        ? new Hir.Unwrap(plain, option.of(), plain.span())
        : plain;
  }

  /** A number, or nothing with the report made. */
  Optional<Hir> number(Hir value) {
    Hir plain = operand(value);
    Type type = Type.resolved(plain.type());
    if (type == Basic.PUBKEY || type instanceof Type.Struct || type instanceof Type.Array) {
      return Optional.of(new Hir.Rename(plain, Type.U64, plain.span()));
    }
    boolean isNumber = type instanceof Type.Int || type == Basic.F64 || type == Basic.DECIMAL;
    if (isNumber) {
      return Optional.of(plain);
    }
    if (type instanceof Type.Var var) {
      Type.Var number = context.var(Type.Freedom.NUMBER, plain.span());
      return Unifier.unify(var, number, plain.span()) ? Optional.of(plain) : Optional.empty();
    }
    if (type != Basic.BROKEN && type != Basic.NEVER) {
      Diagnostic report =
          Diagnostic.at(
              plain.span(), LanguageCode.TYPE_MISMATCH, subject(type) + " and a number is needed");
      context.report(Disagreement.origin(report, plain, type).withHelp("give a number here"));
    }
    return Optional.empty();
  }

  /** Whether the value counts as true. */
  Hir truth(Hir value) {
    Hir plain = decay(value);
    Type type = Type.resolved(plain.type());
    Span span = plain.span();
    if (type == Basic.BOOL || type == Basic.BROKEN || type == Basic.NEVER) {
      return plain;
    }
    if (type instanceof Type.Option) {
      return new Hir.IsPresent(plain, span);
    }
    boolean isNumber = type instanceof Type.Int || type == Basic.F64 || type == Basic.DECIMAL;
    if (isNumber || type instanceof Type.Var) {
      Hir zero = new Hir.Constant(BigInteger.ZERO, type, span);
      return new Hir.Compare(Comparison.NE, plain, zero, span);
    }
    if (type == Basic.UNIT) {
      context.report(
          Diagnostic.at(
                  span, LanguageCode.TYPE_MISMATCH, "this gives no value, so it is not a condition")
              .withHelp("give a comparison, a truth value or a number"));
      return broken(span);
    }
    Hir yes = new Hir.Constant(BigInteger.ONE, Basic.BOOL, span);
    return new Hir.Sequence(List.of(new Hir.Discard(plain, span), yes), span);
  }

  /**
   * The type that all branches agree on; each is changed in place to have it.
   *
   * @param what they are, of several
   */
  Type join(List<Hir> branches, Span span, String what) {
    return new Branches(context, this, what).join(branches, span);
  }

  /** A conversion between number types. */
  static Hir convert(Hir value, Type to, Mode mode, Span span) {
    Type from = Type.resolved(value.type());
    if (value instanceof Hir.Constant constant
        && from instanceof Type.Var
        && mode == Mode.WRAP
        && to instanceof Type.Int wanted) {
      return new Hir.Constant(Literals.wrapped(constant.value(), wanted), to, span);
    }
    if (from instanceof Type.Var && Unifier.unify(from, to, span)) {
      return value;
    }
    return from.equals(to) ? value : new Hir.Convert(mode, value, to, span);
  }
}
