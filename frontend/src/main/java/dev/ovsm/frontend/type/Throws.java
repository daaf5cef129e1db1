package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Types {@code catch} and {@code throw}: a throw leaves its tag and value behind and fails; a catch
 * takes the value where the tag is its own, and lets everything else fail on.
 *
 * <p>All throws and catches of a tag have values of one type.
 */
final class Throws {
  /** In the part of the heap that the program keeps for itself: the tag, then the value. */
  private static final long TAG = 0x3_0000_73f0L;

  private static final int VALUE = 8;
  private static final int MOST_BYTES = 64;
  private final Session session;
  private final Context context;
  private final FunctionTyper typer;

  Throws(Session session, FunctionTyper typer) {
    this.session = session;
    this.context = session.context();
    this.typer = typer;
  }

  Hir caught(Ast.Catch caught, boolean used) {
    Span span = caught.span();
    List<Hir> paths = new ArrayList<>();
    paths.add(used ? typer.value(caught.body()) : typer.effect(caught.body()));
    Session.Tag tag = session.tag(caught.tag(), span, false);
    boolean hasValue = used && Type.resolved(tag.type()) != Basic.UNIT;
    Hir value =
        hasValue
            ? new Hir.Load(place(span), VALUE, tag.type(), tag.span())
            : new Hir.Nothing(Basic.UNIT, span);
    paths.add(value);
    Type type =
        used ? typer.agreement().join(paths, span, "the body and what is thrown") : Basic.UNIT;
    Local error = context.local("error", Type.U64, span);
    Hir code = new Hir.Read(error, span);
    Hir isThrow = new Hir.Compare(Comparison.EQ, code, number(Failure.THROW.code(), span), span);
    Hir thrown = new Hir.Load(place(span), 0, Type.U64, span);
    Hir isOwn = new Hir.Compare(Comparison.EQ, thrown, number(tag.number(), span), span);
    Hir no = new Hir.Constant(BigInteger.ZERO, Basic.BOOL, span);
    Hir goesOn = new Hir.If(isThrow, isOwn, no, Basic.BOOL, span);
    Hir cleared = new Hir.Store(place(span), 0, number(0, span), span);
    Hir handler =
        new Hir.Sequence(
            List.of(Failures.unless(goesOn, new Hir.Fail(code, span), span), cleared, paths.get(1)),
            span);
    return new Hir.Try(paths.get(0), error, handler, type, span);
  }

  Hir thrown(Ast.Throw thrown) {
    Span span = thrown.span();
    Session.Tag tag = session.tag(thrown.tag(), span, true);
    Hir value = typer.agreement().decay(typer.value(thrown.value()));
    value = typer.agreement().coerce(value, tag.type(), "caught with this tag", tag.span());
    Type type = Type.resolved(value.type());
    if (!canTravel(type)) {
      context.report(
          Diagnostic.at(
                  value.span(),
                  LanguageCode.TYPE_MISMATCH,
                  Agreement.subject(type) + ", which a throw cannot carry")
              .withHelp("throw a number, a truth value, a text or a record of these"));
      return typer.agreement().broken(span);
    }
    return new Hir.Sequence(
        List.of(
            new Hir.Store(place(span), VALUE, value, span),
            new Hir.Store(place(span), 0, number(tag.number(), span), span),
            Failures.fail(Failure.THROW, span)),
        span);
  }

  /** Whether a value is whole without what is in a function's frame. */
  private static boolean canTravel(Type type) {
    if (type instanceof Type.Fields record) {
      return Sizes.of(record) <= MOST_BYTES
          && record.fields().stream().allMatch(field -> canTravel(Type.resolved(field.type())));
    } else if (type instanceof Type.Option option) {
      return canTravel(Type.resolved(option.of()));
    }
    return type instanceof Type.Int
        || type instanceof Type.Var
        || (type instanceof Basic && type != Basic.PUBKEY && type != Basic.UNIT);
  }

  private static Hir place(Span span) {
    return number(TAG, span);
  }

  private static Hir number(long number, Span span) {
    return new Hir.Constant(BigInteger.valueOf(number), Type.U64, span);
  }
}
