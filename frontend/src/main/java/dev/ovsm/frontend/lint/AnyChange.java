package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.AstParts;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Variable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Watchers that wake at any change although their callback compares with a threshold. */
final class AnyChange implements Rule {
  private static final Set<Operator> ORDERS =
      Set.of(Operator.LT, Operator.LE, Operator.GT, Operator.GE);

  private static final Pattern CLOCK = Pattern.compile("slot|time|epoch");

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Execution execution : subject.executions()) {
      if (execution.trigger() != Trigger.WATCH) {
        continue;
      }
      Call registration = execution.registration().orElseThrow();
      Optional<Ast> condition = new Changes(subject, execution).threshold();
      Criteria.of(registration, subject)
          .filter(criteria -> criteria.isAnyChange() && criteria.part() != Criteria.Part.OWNER)
          .ifPresent(
              criteria ->
                  condition.ifPresent(ast -> out.accept(warning(registration, criteria, ast))));
    }
  }

  private static Diagnostic warning(Call registration, Criteria criteria, Ast condition) {
    return Diagnostic.at(
            criteria.place().span(),
            LintCode.ANY_CHANGE,
            "the watcher wakes at any change, and its callback compares")
        .withLabel(condition.span(), "only where this holds it does anything")
        .withHelp(
            registration.name().equals("sol-watcher-create")
                ? "let the watcher compare: sol-watcher-create-threshold takes an offset and a level"
                : "let the watcher compare: :comparison \">=\" with a :threshold, or a"
                    + " larger :threshold of change");
  }

  /** What a callback is given, or reads, of the account that it waits for. */
  private static final class Changes {
    private final Subject subject;
    private final Ast.Lambda callback;
    private final Optional<Object> account;
    private final Set<Variable> derived = new LinkedHashSet<>();
    private final Set<Definition> entered = new LinkedHashSet<>();

    Changes(Subject subject, Execution execution) {
      this.subject = subject;
      this.callback = execution.lambda();
      this.account =
          execution
              .registration()
              .flatMap(call -> call.argument("account"))
              .flatMap(ast -> Keys.of(ast, subject));
    }

    /** The comparison of what changed that everything in the callback depends on. */
    Optional<Ast> threshold() {
      callback.parameters().forEach(parameter -> derived.add(parameter.variable()));
      Optional<Ast> last = Optional.of(callback.body());
      while (last.isPresent()) {
        Ast body = last.get();
        if (body instanceof Ast.Do block && !block.body().isEmpty()) {
          last = afterDefinitions(block.body());
        } else if (body instanceof Ast.Apply apply) {
          last = callee(apply);
        } else {
          return last.filter(this::guards).map(choice -> ((Ast.If) choice).condition());
        }
      }
      return Optional.empty();
    }

    /** The last part of a body if all before it only give names. */
    private Optional<Ast> afterDefinitions(List<Ast> parts) {
      for (Ast part : parts.subList(0, parts.size() - 1)) {
        if (!(part instanceof Ast.Define define)) {
          return Optional.empty();
        }
        if (mentions(define.value()) && !asksTime(define.value())) {
          derived.add(define.variable());
        }
      }
      return Optional.of(parts.get(parts.size() - 1));
    }

    /** The body of the function of the program's own that all of a callback is. */
    private Optional<Ast> callee(Ast.Apply apply) {
      if (!(apply.function() instanceof Ast.Global global)
          || !Subject.isOwn(global.definition())
          || !entered.add(global.definition())) {
        return Optional.empty();
      }
      Ast.Lambda function = subject.program().functions().get(global.definition());
      if (function == null || function.parameters().size() != apply.arguments().size()) {
        return Optional.empty();
      }
      for (int i = 0; i < apply.arguments().size(); i++) {
        if (mentions(apply.arguments().get(i))) {
          derived.add(function.parameters().get(i).variable());
        }
      }
      return Optional.of(function.body());
    }

    private boolean guards(Ast body) {
      return body instanceof Ast.If choice
          && (choice.otherwise() == null || choice.otherwise() instanceof Ast.Null)
          && compares(choice.condition());
    }

    /** Whether something that changed is compared, and with nothing that passes by itself. */
    private boolean compares(Ast condition) {
      boolean[] found = new boolean[1];
      AstParts.walk(
          condition,
          ast ->
              found[0] |=
                  ast instanceof Ast.Apply apply
                      && apply.function() instanceof Ast.Primitive primitive
                      && primitive.builtin() instanceof Operator operator
                      && ORDERS.contains(operator)
                      && mentions(apply));
      return found[0] && !asksTime(condition);
    }

    private boolean asksTime(Ast root) {
      boolean[] found = new boolean[1];
      AstParts.walk(
          root,
          ast ->
              found[0] |=
                  subject.call(ast).filter(call -> CLOCK.matcher(call.name()).find()).isPresent());
      return found[0];
    }

    private boolean mentions(Ast ast) {
      boolean[] found = new boolean[1];
      AstParts.walk(
          ast,
          part ->
              found[0] |=
                  (part instanceof Ast.Use use && derived.contains(use.variable()))
                      || (account.isPresent() && account.equals(Keys.of(part, subject))));
      return found[0];
    }
  }
}
