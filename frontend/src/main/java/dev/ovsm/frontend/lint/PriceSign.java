package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Conversion;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Variable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Prices and exponents that are taken for positive. */
final class PriceSign implements Rule {
  private static final Set<Operator> COMPARISONS =
      Set.of(Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.EQ, Operator.NE);

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    Set<Variable> compared = new LinkedHashSet<>();
    subject.everything(
        ast -> {
          if (ast instanceof Ast.Apply apply && isComparison(apply)) {
            apply.arguments().stream()
                .filter(Ast.Use.class::isInstance)
                .forEach(use -> compared.add(((Ast.Use) use).variable()));
          }
        });
    subject.everything(
        ast -> {
          if (ast instanceof Ast.Apply apply
              && apply.function() instanceof Ast.Primitive primitive) {
            if (primitive.builtin() instanceof Conversion conversion && !conversion.signed()) {
              conversion(apply, primitive.name(), subject, out);
            } else if (primitive.builtin() == Operator.DIV || primitive.builtin() == Operator.REM) {
              divisor(apply.arguments().get(1), compared, subject, out);
            }
          }
        });
  }

  private static boolean isComparison(Ast.Apply apply) {
    return apply.function() instanceof Ast.Primitive primitive
        && primitive.builtin() instanceof Operator operator
        && COMPARISONS.contains(operator);
  }

  private static void conversion(
      Ast.Apply apply, String name, Subject subject, Consumer<Diagnostic> out) {
    Ast argument = apply.arguments().get(0);
    if (name.startsWith("wrapping-") && Prices.price(argument, subject).isPresent()) {
      String checked = name.substring("wrapping-".length());
      out.accept(
          Diagnostic.at(apply.span(), LintCode.PRICE_SIGN, "a price below zero becomes huge here")
              .withHelp("write (" + checked + " …), which fails below zero")
              .withFix(new Fix("fail below zero", apply.function().span(), checked)));
    } else if (Prices.exponent(argument, subject).isPresent()) {
      out.accept(
          Diagnostic.at(
                  apply.span(),
                  LintCode.PRICE_SIGN,
                  "exponents are below zero as a rule, -8 for one")
              .withHelp("negate it first: (u64 (- 0 exponent)), and divide by that power of ten")
              .withFix(
                  new Fix("negate it", argument.span(), "(- 0 " + argument.span().text() + ")")));
    }
  }

  private static void divisor(
      Ast divisor, Set<Variable> compared, Subject subject, Consumer<Diagnostic> out) {
    boolean checked = divisor instanceof Ast.Use use && compared.contains(use.variable());
    if (!checked && Prices.price(divisor, subject).isPresent()) {
      Diagnostic warning =
          Diagnostic.at(divisor.span(), LintCode.PRICE_SIGN, "this price may be zero, or below")
              .withHelp("check it first: (require (> price 0) :no-price)");
      String name = divisor.span().text();
      String checks = "(do (require (> " + name + " 0)) " + name + ")";
      out.accept(
          divisor instanceof Ast.Use
              ? warning.withFix(new Fix("check it first", divisor.span(), checks))
              : warning);
    }
  }
}
