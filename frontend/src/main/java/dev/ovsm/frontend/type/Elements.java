package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types what reads elements that may not be there. */
final class Elements {
  private final FunctionTyper typer;
  private final Places places;
  private final Agreement agreement;

  Elements(FunctionTyper typer, Places places) {
    this.typer = typer;
    this.places = places;
    this.agreement = typer.agreement();
  }

  /** {@code (get whole key default)}: the default where there is no such element or field. */
  Hir getOr(Ast.Apply apply) {
    Ast key = apply.arguments().get(1);
    Ast fallback = apply.arguments().get(2);
    Hir whole = agreement.operand(typer.value(apply.arguments().get(0)));
    Type type = Type.resolved(whole.type());
    boolean isNumbered =
        type instanceof Type.Array
            || type instanceof Type.Vec
            || type == Basic.STRING
            || (Places.name(key).isEmpty() && Ranges.isRange(type));
    if (isNumbered) {
      return numbered(whole, type, key, fallback, apply.span());
    }
    boolean isLacking =
        type instanceof Type.Fields fields
            && Places.name(key).filter(name -> fields.index(name) < 0).isPresent();
    return isLacking
        ? new Hir.Sequence(
            List.of(new Hir.Discard(whole, whole.span()), typer.value(fallback)), apply.span())
        : places.get(whole, key, apply.span());
  }

  private Hir numbered(Hir whole, Type type, Ast key, Ast fallback, Span span) {
    Optional<Hir> number = agreement.number(typer.value(key));
    Hir other = agreement.decay(typer.value(fallback));
    if (number.isEmpty()) {
      return agreement.broken(span);
    }
    Optional<BigInteger> known = Literals.constant(number.get());
    // Below 0 is beyond the end of any collection.
    Hir index = Agreement.convert(number.get(), Type.U64, Mode.WRAP, key.span());
    if (type instanceof Type.Array array && known.isPresent()) {
      BigInteger length = BigInteger.valueOf(array.length());
      boolean isInside = known.get().signum() >= 0 && known.get().compareTo(length) < 0;
      return isInside
          ? Collections.element(whole, array, index, span)
          : new Hir.Sequence(List.of(new Hir.Discard(whole, whole.span()), other), span);
    }
    List<Hir> body = new ArrayList<>();
    Hir kept = kept(whole, body, span);
    Hir at = kept(index, body, span);
    Hir length = length(kept, type, span);
    List<Hir> branches = new ArrayList<>(List.of(element(kept, type, at, span), other));
    Type joined = agreement.join(branches, span, "the elements and the default");
    Hir inside = new Hir.Compare(Comparison.LT, at, length, span);
    body.add(new Hir.If(inside, branches.get(0), branches.get(1), joined, span));
    return new Hir.Sequence(body, span);
  }

  private Hir kept(Hir value, List<Hir> body, Span span) {
    Local local = typer.context().local("kept", value.type(), span);
    body.add(new Hir.Write(local, value, span));
    return new Hir.Read(local, span);
  }

  private Hir length(Hir kept, Type type, Span span) {
    if (type instanceof Type.Array array) {
      return new Hir.Constant(BigInteger.valueOf(array.length()), Type.U64, span);
    } else if (type instanceof Type.Vec vec) {
      return Vectors.length(kept, vec, typer.context(), span);
    }
    return type == Basic.STRING
        ? new Hir.Part(kept, 1, Type.U64, span)
        : new Ranges(typer).length(kept, span);
  }

  private Hir element(Hir kept, Type type, Hir at, Span span) {
    if (type instanceof Type.Array array) {
      return Collections.element(kept, array, at, span);
    } else if (type instanceof Type.Vec vec) {
      return new Hir.Element(kept, at, vec.of(), span);
    } else if (type == Basic.STRING) {
      Hir address = new Hir.Shift(new Hir.Part(kept, 0, Type.U64, span), at, Type.U64, span);
      return new Hir.Load(address, 0, Type.U8, span);
    }
    return new Ranges(typer).get(kept, at, span);
  }

  /** The elements of an array from an index that is a number: the same place, not a copy. */
  Hir from(Ast.Apply apply) {
    Hir whole = agreement.operand(typer.value(apply.arguments().get(0)));
    Type type = Type.resolved(whole.type());
    int from = apply.arguments().get(1) instanceof Ast.Whole index ? index.value().intValue() : 0;
    if (type instanceof Type.Array array && from <= array.length()) {
      Type rest = new Type.Array(array.of(), array.length() - from);
      return new Hir.Rest(whole, from, rest, apply.span());
    }
    if (type != Basic.BROKEN) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      whole.span(),
                      LanguageCode.TYPE_MISMATCH,
                      "this is "
                          + Agreement.article(type)
                          + ", and only of an array with at least "
                          + from
                          + " elements the rest can have a name")
                  .withHelp("for a vector use (for (x values) …), or get and length"));
    }
    return agreement.broken(apply.span());
  }
}
