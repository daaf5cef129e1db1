package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Builtin;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Variable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Values that are computed for nothing. */
final class UnusedResult implements Rule {
  /** What gives no value of its operand's type. */
  private static final Set<Builtin> NO_STORES =
      Set.of(
          Operation.LENGTH,
          Operator.EQ,
          Operator.NE,
          Operator.LT,
          Operator.LE,
          Operator.GT,
          Operator.GE,
          Operator.NOT);

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    Set<Variable> used = new LinkedHashSet<>();
    subject.everything(
        ast -> {
          if (ast instanceof Ast.Use use) {
            used.add(subject.program().canonical(use.variable()));
          }
        });
    Set<String> passed =
        subject.program().arrays().values().stream()
            .flatMap(List::stream)
            .map(subject.program().entries()::get)
            .flatMap(entry -> entry.lambda().parameters().stream())
            .map(parameter -> parameter.variable().name())
            .collect(Collectors.toSet());
    subject.everything(
        ast -> {
          if (ast instanceof Ast.Do block && !block.body().isEmpty()) {
            block.body().subList(0, block.body().size() - 1).forEach(s -> dropped(s, subject, out));
          } else if (ast instanceof Ast.While loop) {
            last(loop.body()).ifPresent(s -> dropped(s, subject, out));
          } else if (ast instanceof Ast.Count loop) {
            last(loop.body()).ifPresent(s -> dropped(s, subject, out));
          } else if (ast instanceof Ast.Each loop) {
            last(loop.body()).ifPresent(s -> dropped(s, subject, out));
          } else if (ast instanceof Ast.Define define
              && is(define.value(), Operation.ASSOC)
              && !used.contains(subject.program().canonical(define.variable()))
              && !passed.contains(define.variable().name())) {
            out.accept(
                warning(define.value(), "nothing uses " + define.variable().name())
                    .withNote("assoc makes a new record and leaves the old one as it is")
                    .withHelp(
                        "use " + define.variable().name() + ", or change the old one by set!"));
          }
        });
  }

  /** The expression whose value a body would have. */
  private static Optional<Ast> last(Ast body) {
    if (body instanceof Ast.Do block) {
      return block.body().isEmpty()
          ? Optional.empty()
          : Optional.of(block.body().get(block.body().size() - 1));
    }
    return Optional.of(body);
  }

  private static void dropped(Ast statement, Subject subject, Consumer<Diagnostic> out) {
    if (statement instanceof Ast.If choice) {
      last(choice.then()).ifPresent(ast -> dropped(ast, subject, out));
      Ast otherwise = choice.otherwise();
      if (otherwise != null && !(otherwise instanceof Ast.If)) {
        last(otherwise).ifPresent(ast -> dropped(ast, subject, out));
      }
      return;
    }
    Optional<Diagnostic> computed =
        statement instanceof Ast.Apply apply ? computed(apply) : Optional.empty();
    computed.or(() -> reserved(statement, subject)).ifPresent(out);
  }

  private static Optional<Diagnostic> reserved(Ast statement, Subject subject) {
    return subject
        .call(statement)
        .filter(call -> call.name().equals("sol-ringbuf-reserve"))
        .map(
            call ->
                warning(statement, "the reserved record is neither submitted nor discarded")
                    .withHelp("bind the record, fill it, and pass it to sol-ringbuf-submit"));
  }

  /** What to say of a value that an operation gives. */
  private static Optional<Diagnostic> computed(Ast.Apply apply) {
    if (is(apply, Operation.ASSOC)) {
      return Optional.of(
          fixed(
              warning(apply, "the new record that assoc makes is dropped")
                  .withHelp("bind it and use it, or change the old one by set!"),
              stored(apply)));
    }
    Diagnostic warning = warning(apply, "the value is computed and dropped");
    if (is(apply, Operator.EQ)) {
      return Optional.of(
          fixed(warning.withHelp("= compares; (set! place value) stores"), assigned(apply)));
    }
    return apply.function() instanceof Ast.Primitive primitive
            && (primitive.builtin() == Operation.LENGTH || primitive.builtin() instanceof Operator)
        ? Optional.of(
            fixed(warning.withHelp("store it with set!, or remove the expression"), stored(apply)))
        : Optional.empty();
  }

  /** What compares a place as if it were stored to, made to store. */
  private static Optional<Fix> assigned(Ast.Apply comparison) {
    return place(comparison)
        .filter(place -> comparison.arguments().size() == 2)
        .map(place -> new Fix("store it", comparison.function().span(), "set!"));
  }

  /** What is computed from a place, stored there. */
  private static Optional<Fix> stored(Ast.Apply apply) {
    String value = apply.span().text();
    return place(apply)
        .filter(place -> NO_STORES.stream().noneMatch(builtin -> is(apply, builtin)))
        .map(place -> "(set! " + place.span().text() + " " + value + ")")
        .map(store -> new Fix("store it", apply.span(), store));
  }

  /** The first operand, if it is a place. */
  private static Optional<Ast> place(Ast.Apply apply) {
    return Optional.of(apply.arguments().get(0))
        .filter(first -> first instanceof Ast.Use || is(first, Operation.GET));
  }

  private static Diagnostic fixed(Diagnostic warning, Optional<Fix> fix) {
    return fix.map(warning::withFix).orElse(warning);
  }

  private static boolean is(Ast ast, Builtin builtin) {
    return ast instanceof Ast.Apply apply
        && apply.function() instanceof Ast.Primitive primitive
        && primitive.builtin() == builtin;
  }

  private static Diagnostic warning(Ast ast, String message) {
    return Diagnostic.at(ast.span(), LintCode.UNUSED_RESULT, message);
  }
}
