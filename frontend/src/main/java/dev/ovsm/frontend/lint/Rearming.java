package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Label;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.AstParts;
import dev.ovsm.frontend.ast.Operation;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows all paths through a callback: whether each that ends well has decided, by a call, what
 * becomes of the timer.
 */
final class Rearming {
  /** Code that nests deeper is taken to decide. */
  private static final int DEEPEST = 300;

  private static final Set<String> DECISIONS =
      Set.of("sol-timer-start", "sol-timer-cancel", "sol-schedule-execution", "sol-tail-call");

  private final Subject subject;
  private final Set<Object> entered = new LinkedHashSet<>();
  private Paths returned = Paths.NONE;
  private Paths left = Paths.NONE;
  private int depth;

  Rearming(Subject subject) {
    this.subject = subject;
  }

  /** The paths of a callback that end well; failing is no such end. */
  Paths ends(Ast.Lambda callback) {
    return flow(callback.body(), Paths.BEGINNING).or(returned);
  }

  private Paths flow(Ast ast, Paths in) {
    if (in.equals(Paths.NONE)) {
      return in;
    }
    if (++depth > DEEPEST) {
      depth--;
      return Paths.DECIDED;
    }
    Paths out = through(ast, in);
    depth--;
    return out;
  }

  private Paths through(Ast ast, Paths in) {
    if (ast instanceof Ast.If choice) {
      return choice(choice, in);
    } else if (ast instanceof Ast.Case select) {
      return cases(select, in);
    } else if (ast instanceof Ast.Logic logic) {
      Paths first = flow(logic.operands().get(0), in);
      Paths out = first;
      for (Ast operand : logic.operands().subList(1, logic.operands().size())) {
        first = flow(operand, first);
        out = out.or(first);
      }
      return out;
    } else if (Subject.isLoop(ast)) {
      return loop(ast, in);
    } else if (ast instanceof Ast.Break || ast instanceof Ast.Continue) {
      left = left.or(in);
      return Paths.NONE;
    } else if (ast instanceof Ast.Return leave) {
      Paths out = leave.value() == null ? in : flow(leave.value(), in);
      String text = "the callback ends here without it";
      returned =
          returned.or(out.parting() == null ? out.since(new Label(leave.span(), text)) : out);
      return Paths.NONE;
    } else if (ast instanceof Ast.Try attempt) {
      return flow(attempt.body(), in).or(flow(attempt.handler(), in));
    } else if (ast instanceof Ast.Lambda) {
      return in;
    }
    Paths out = in;
    for (Ast part : AstParts.of(ast)) {
      out = flow(part, out);
    }
    return ast instanceof Ast.Apply apply ? call(apply, out) : out;
  }

  private Paths choice(Ast.If choice, Paths in) {
    Paths before = flow(choice.condition(), in);
    Paths outer = returned;
    returned = Paths.NONE;
    Paths then = flow(choice.then(), before);
    Paths thenReturned = returned;
    returned = Paths.NONE;
    Ast otherwise = choice.otherwise();
    Paths other = otherwise == null ? before : flow(otherwise, before);
    Paths otherReturned = returned;
    returned = outer.or(thenReturned).or(otherReturned);
    if (then.or(thenReturned).isSure()) {
      other = parted(other, before, choice.condition(), "where this is false");
    }
    if (other.or(otherReturned).isSure()) {
      then = parted(then, before, choice.condition(), "where this is true");
    }
    return then.or(other);
  }

  private Paths cases(Ast.Case select, Paths in) {
    Paths before = flow(select.value(), in);
    Ast otherwise = select.otherwise();
    Paths out = otherwise == null ? before : flow(otherwise, before);
    boolean isSureOfSome = out.isSure();
    for (Ast.Clause clause : select.clauses()) {
      Paths chosen = flow(clause.body(), before);
      isSureOfSome |= chosen.isSure();
      out = out.or(chosen);
    }
    return isSureOfSome ? parted(out, before, select.value(), "for some values of this") : out;
  }

  /** The open paths of a branch of which others are decided part there, unless they do later. */
  private static Paths parted(Paths side, Paths before, Ast branch, String where) {
    boolean partHere = Objects.equals(side.parting(), before.parting());
    String text = where + ", the callback may end without it";
    return partHere ? side.since(new Label(branch.span(), text)) : side;
  }

  private Paths loop(Ast loop, Paths in) {
    Paths outer = left;
    left = Paths.NONE;
    Paths out = in;
    for (Ast part : AstParts.of(loop)) {
      out = out.or(flow(part, out));
    }
    boolean endless =
        loop instanceof Ast.While repeat
            && repeat.condition() instanceof Ast.Bool always
            && always.value();
    out = endless ? left : out.or(left);
    left = outer;
    return out;
  }

  private Paths call(Ast.Apply apply, Paths in) {
    if (apply.function() instanceof Ast.Primitive primitive
        && primitive.builtin() == Operation.FAIL) {
      return Paths.NONE;
    }
    Optional<Call> call = subject.call(apply);
    if (call.filter(one -> DECISIONS.contains(one.name())).isPresent()) {
      return Paths.DECIDED;
    }
    if (!(apply.function() instanceof Ast.Global global)) {
      return in;
    }
    Ast.Lambda function = subject.program().functions().get(global.definition());
    if (function == null || !entered.add(global.definition())) {
      return in;
    }
    Paths outer = returned;
    returned = Paths.NONE;
    Paths out = flow(function.body(), in).or(returned);
    returned = outer;
    entered.remove(global.definition());
    return out;
  }

  /**
   * What is known of the paths that lead to a place.
   *
   * @param isOpen whether on some it is not decided yet
   * @param isDecided whether on some it is
   * @param parting where those on which it is not have left others on which it is, if they have
   */
  record Paths(boolean isOpen, boolean isDecided, @Nullable Label parting) {
    static final Paths NONE = new Paths(false, false, null);
    static final Paths DECIDED = new Paths(false, true, null);
    static final Paths BEGINNING = new Paths(true, false, null);

    /** Whether there are any, and on each it is decided. */
    boolean isSure() {
      return isDecided && !isOpen;
    }

    Paths or(Paths other) {
      Label first = parting != null ? parting : other.parting;
      return new Paths(isOpen || other.isOpen, isDecided || other.isDecided, first);
    }

    /** The same paths; those that are open have parted from others here. */
    Paths since(Label place) {
      return new Paths(isOpen, isDecided, isOpen ? place : null);
    }
  }
}
