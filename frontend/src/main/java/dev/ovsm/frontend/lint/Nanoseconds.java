package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operator;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Intervals and delays that are too long to be slots. */
final class Nanoseconds implements Rule {
  private static final BigInteger SUSPICIOUS = BigInteger.valueOf(1_000_000);
  private static final BigInteger SLOT = BigInteger.valueOf(400_000_000);

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Call call : subject.calls()) {
      Optional<Registering> registering = Registering.of(call);
      registering.flatMap(one -> one.interval(call)).ifPresent(ast -> judge(ast, subject, out));
      for (Ast slot : registering.map(one -> one.slots(call)).orElse(List.of())) {
        if (subject.value(slot) instanceof Ast.Apply sum && isDelay(sum, subject)) {
          sum.arguments().forEach(delay -> judge(delay, subject, out));
        }
      }
    }
  }

  /** Whether something is added to what only the run knows, such as the current slot. */
  private static boolean isDelay(Ast.Apply apply, Subject subject) {
    boolean isKnown = apply.arguments().stream().allMatch(ast -> subject.number(ast).isPresent());
    return !isKnown
        && apply.function() instanceof Ast.Primitive primitive
        && List.of(Operator.ADD, Operator.WRAPPING_ADD, Operator.SATURATING_ADD)
            .contains(primitive.builtin());
  }

  private static void judge(Ast ast, Subject subject, Consumer<Diagnostic> out) {
    BigInteger number = subject.number(ast).orElse(BigInteger.ZERO);
    if (number.compareTo(SUSPICIOUS) < 0) {
      return;
    }
    BigInteger slots = number.subtract(BigInteger.ONE).divide(SLOT).add(BigInteger.ONE);
    String days = String.format(Locale.ROOT, "%,d", number.divide(BigInteger.valueOf(216_000)));
    out.accept(
        Diagnostic.at(ast.span(), LintCode.NANOSECONDS, "in slots this is " + days + " days")
            .withNote("a slot lasts 400 milliseconds, 400,000,000 nanoseconds")
            .withHelp("write the number of slots: " + slots + " if these are nanoseconds")
            .withFix(new Fix("count slots", ast.span(), slots.toString())));
  }
}
