package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Arm;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Comparison;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Types {@code case}: keys are constants of the value's type, all different. */
final class Selection {
  private final Session session;
  private final FunctionTyper typer;

  Selection(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  Hir type(Ast.Case select, boolean used) {
    Agreement agreement = typer.agreement();
    Hir value = agreement.operand(typer.value(select.value()));
    Type selected = Type.resolved(value.type());
    if (selected == Basic.STRING || selected == Basic.PUBKEY) {
      return compared(value, select, used);
    }
    List<List<BigInteger>> keys = new ArrayList<>();
    List<Hir> bodies = new ArrayList<>();
    Set<BigInteger> seen = new LinkedHashSet<>();
    for (Ast.Clause clause : select.clauses()) {
      List<BigInteger> numbers = new ArrayList<>();
      for (Ast key : clause.keys()) {
        key(value, key, seen).ifPresent(numbers::add);
      }
      keys.add(numbers);
      bodies.add(used ? typer.value(clause.body()) : typer.effect(clause.body()));
    }
    Hir otherwise = otherwise(select, used);
    bodies.add(otherwise);
    Type type = used ? agreement.join(bodies, select.span(), "the branches") : Basic.UNIT;
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      arms.add(new Arm(keys.get(i), bodies.get(i)));
    }
    return chain(value, arms, bodies.get(bodies.size() - 1), type, select);
  }

  /** Texts and public keys are compared one by one, in order. */
  private Hir compared(Hir value, Ast.Case select, boolean used) {
    Span span = select.span();
    Local local = typer.context().local("selected", value.type(), span);
    Hir read = new Hir.Read(local, span);
    List<Hir> bodies = new ArrayList<>();
    List<Hir> tests = new ArrayList<>();
    for (Ast.Clause clause : select.clauses()) {
      Hir test = new Hir.Constant(BigInteger.ZERO, Basic.BOOL, span);
      for (Ast key : clause.keys()) {
        Hir same = new Operators(session, typer).equal(read, typer.value(key), key.span());
        Hir yes = new Hir.Constant(BigInteger.ONE, Basic.BOOL, span);
        test = new Hir.If(same, yes, test, Basic.BOOL, span);
      }
      tests.add(test);
      bodies.add(used ? typer.value(clause.body()) : typer.effect(clause.body()));
    }
    bodies.add(otherwise(select, used));
    Type type = used ? typer.agreement().join(bodies, span, "the branches") : Basic.UNIT;
    Hir result = bodies.get(bodies.size() - 1);
    for (int i = tests.size() - 1; i >= 0; i--) {
      result = new Hir.If(tests.get(i), bodies.get(i), result, type, span);
    }
    return new Hir.Sequence(List.of(new Hir.Write(local, value, span), result), span);
  }

  private Hir otherwise(Ast.Case select, boolean used) {
    if (select.otherwise() == null) {
      return new Hir.Nothing(Basic.UNIT, select.span());
    }
    return used ? typer.value(select.otherwise()) : typer.effect(select.otherwise());
  }

  private Optional<BigInteger> key(Hir value, Ast ast, Set<BigInteger> seen) {
    Hir key = typer.value(ast);
    Hir fitting = typer.agreement().coerce(key, value.type(), "selected on", value.span());
    Optional<BigInteger> number = Literals.constant(fitting);
    boolean isBroken = Type.resolved(fitting.type()) == Basic.BROKEN;
    if (number.isEmpty() && !isBroken) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      ast.span(), LanguageCode.NOT_CONSTANT, "a key of case must be a constant")
                  .withHelp("use cond with (= value key) for values known only at run time"));
      return Optional.empty();
    }
    if (number.isPresent() && !seen.add(number.get())) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      ast.span(), LanguageCode.DUPLICATE_DEFINITION, "this key is listed twice")
                  .withHelp("remove one of the two"));
      return Optional.empty();
    }
    return number;
  }

  /** A few keys are compared one by one, in order. */
  private Hir chain(Hir value, List<Arm> arms, Hir otherwise, Type type, Ast.Case select) {
    Type valueType = Type.resolved(value.type());
    Local local = typer.context().local("selected", valueType, select.span());
    Hir read = new Hir.Read(local, select.span());
    boolean switches =
        !(valueType instanceof Type.Int known && known.bits() > 64) && valueType != Basic.BROKEN;
    if (switches) {
      return new Hir.Switch(value, arms, otherwise, type, select.span());
    }
    Hir result = otherwise;
    for (int i = arms.size() - 1; i >= 0; i--) {
      for (BigInteger key : arms.get(i).keys()) {
        Hir constant = new Hir.Constant(key, valueType, select.span());
        Hir test = new Hir.Compare(Comparison.EQ, read, constant, select.span());
        result = new Hir.If(test, arms.get(i).body(), result, type, select.span());
      }
    }
    return new Hir.Sequence(
        List.of(new Hir.Write(local, value, select.span()), result), select.span());
  }
}
