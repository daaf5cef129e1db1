package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Label;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.AstParts;
import dev.ovsm.frontend.ast.Operation;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows all paths through a callback: whether each that ends well has decided, by a call, what
 * becomes of the timer. A set of paths is a set of bits: of some it is open, of some decided.
 */
final class Rearming {
  private static final int NONE = 0;
  private static final int OPEN = 1;
  private static final int DECIDED = 2;

  /** Code that nests deeper is taken to decide. */
  private static final int DEEPEST = 300;

  private static final Set<String> DECISIONS =
      Set.of("sol-timer-start", "sol-timer-cancel", "sol-schedule-execution", "sol-tail-call");

  private final Subject subject;
  private final Set<Object> entered = new LinkedHashSet<>();
  private int returned = NONE;
  private int left = NONE;
  private int depth;
  private @Nullable Label departure;

  Rearming(Subject subject) {
    this.subject = subject;
  }

  /** Whether every path decides. */
  boolean isSure(Ast.Lambda callback) {
    int end = flow(callback.body(), OPEN) | returned;
    return (end & OPEN) == 0;
  }

  /** Where the first path that does not decide leaves those that do. */
  Optional<Label> departure() {
    return Optional.ofNullable(departure);
  }

  private int flow(Ast ast, int in) {
    if (in == NONE) {
      return NONE;
    }
    if (++depth > DEEPEST) {
      depth--;
      return DECIDED;
    }
    int out = through(ast, in);
    depth--;
    return out;
  }

  private int through(Ast ast, int in) {
    if (ast instanceof Ast.If choice) {
      return choice(choice, in);
    } else if (ast instanceof Ast.Case select) {
      int before = flow(select.value(), in);
      Ast otherwise = select.otherwise();
      int out = otherwise == null ? before : flow(otherwise, before);
      for (Ast.Clause clause : select.clauses()) {
        out |= flow(clause.body(), before);
      }
      return out;
    } else if (ast instanceof Ast.Logic logic) {
      int first = flow(logic.operands().get(0), in);
      int out = first;
      for (Ast operand : logic.operands().subList(1, logic.operands().size())) {
        first = flow(operand, first);
        out |= first;
      }
      return out;
    } else if (ast instanceof Ast.While || ast instanceof Ast.Count || ast instanceof Ast.Each) {
      return loop(ast, in);
    } else if (ast instanceof Ast.Break || ast instanceof Ast.Continue) {
      left |= in;
      return NONE;
    } else if (ast instanceof Ast.Return leave) {
      int out = leave.value() == null ? in : flow(leave.value(), in);
      if ((out & OPEN) != 0) {
        note(new Label(leave.span(), "the callback ends here without it"));
      }
      returned |= out;
      return NONE;
    } else if (ast instanceof Ast.Try attempt) {
      return flow(attempt.body(), in) | flow(attempt.handler(), in);
    } else if (ast instanceof Ast.Lambda) {
      return in;
    }
    int out = in;
    for (Ast part : AstParts.of(ast)) {
      out = flow(part, out);
    }
    return ast instanceof Ast.Apply apply ? call(apply, out) : out;
  }

  private int choice(Ast.If choice, int in) {
    int before = flow(choice.condition(), in);
    int then = flow(choice.then(), before);
    Ast otherwise = choice.otherwise();
    int other = otherwise == null ? before : flow(otherwise, before);
    if ((then & OPEN) != (other & OPEN)) {
      boolean holds = (then & OPEN) != 0;
      String text = "where this is " + holds + ", the callback may end without it";
      note(new Label(choice.condition().span(), text));
    }
    return then | other;
  }

  private int loop(Ast loop, int in) {
    int outer = left;
    left = NONE;
    int out = in;
    for (Ast part : AstParts.of(loop)) {
      out |= flow(part, out);
    }
    boolean endless =
        loop instanceof Ast.While repeat
            && repeat.condition() instanceof Ast.Bool always
            && always.value();
    out = (endless ? NONE : out) | left;
    left = outer;
    return out;
  }

  private int call(Ast.Apply apply, int in) {
    if (apply.function() instanceof Ast.Primitive primitive
        && primitive.builtin() == Operation.FAIL) {
      return NONE;
    }
    Optional<Call> call = subject.call(apply);
    if (call.filter(one -> DECISIONS.contains(one.name())).isPresent()) {
      return DECIDED;
    }
    if (!(apply.function() instanceof Ast.Global global)) {
      return in;
    }
    Ast.Lambda function = subject.program().functions().get(global.definition());
    if (function == null || !entered.add(global.definition())) {
      return in;
    }
    int outer = returned;
    returned = NONE;
    int out = flow(function.body(), in) | returned;
    returned = outer;
    entered.remove(global.definition());
    return out;
  }

  private void note(Label label) {
    if (departure == null) {
      departure = label;
    }
  }
}
