package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code (range from to step)} as a value; at the head of a {@code for} it is no value. */
final class Ranges {
  private Ranges() {}

  static void addTo(Map<String, SpecialForms.Rule> rules) {
    rules.put("range", Ranges::range);
  }

  private static Ast range(Bodies bodies, Form.Sequence form, Scope scope) {
    if (form.items().size() < 2 || form.items().size() > 4) {
      return bodies
          .names()
          .malformed(
              form.span(),
              "range takes where it starts, where it ends and perhaps a step",
              "(range to), (range from to) or (range from to step)");
    }
    List<Ast> bounds = bodies.each(Syntax.rest(form, 1), scope);
    Ast from = bounds.size() == 1 ? Loops.zero(form.span()) : bounds.get(0);
    Ast to = bounds.size() == 1 ? bounds.get(0) : bounds.get(1);
    return new Ast.Range(from, to, bounds.size() == 3 ? bounds.get(2) : null, form.span());
  }

  /** Room for a value for each number of a range, if its bounds are written as numbers. */
  static Optional<Ast> room(Ast collection, boolean empty, Span span) {
    if (!(collection instanceof Ast.Range range)
        || !(range.from() instanceof Ast.Whole from)
        || !(range.to() instanceof Ast.Whole to)) {
      return Optional.empty();
    }
    Ast step = range.step();
    BigInteger stride = step instanceof Ast.Whole whole ? whole.value() : BigInteger.ONE;
    if (stride.signum() <= 0) {
      return Optional.empty();
    }
    BigInteger last = to.value().subtract(from.value()).add(stride).subtract(BigInteger.ONE);
    BigInteger count = last.divide(stride).max(BigInteger.ZERO);
    List<Form> type =
        List.of(
            new Form.Symbol(empty ? "vec" : "array", span),
            new Form.Symbol("_", span),
            new Form.Whole(count, null, span));
    return Optional.of(new Ast.Make(new Form.Sequence(Form.Bracket.LIST, type, span), span));
  }
}
