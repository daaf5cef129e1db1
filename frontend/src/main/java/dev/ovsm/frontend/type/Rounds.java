package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Label;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types {@code while}, and knows the loops around a place of a function, the innermost first. */
final class Rounds {
  private static final BigInteger MOST_ITERATIONS = BigInteger.valueOf(10_000);

  private final FunctionTyper typer;
  private final Deque<Label> loops = new ArrayDeque<>();
  private BigInteger iterations = MOST_ITERATIONS;

  Rounds(FunctionTyper typer) {
    this.typer = typer;
  }

  /** {@code break} or {@code continue}. */
  Hir jump(boolean leaves, Span span) {
    Label label = loops.peek();
    return label == null ? new Hir.Nothing(Basic.BROKEN, span) : new Hir.Jump(label, leaves, span);
  }

  Hir repeat(Ast.While loop) {
    Label label = typer.context().label();
    Hir condition = typer.condition(loop.condition());
    Hir body = body(label, loop.body());
    if (isIteration(loop.condition())) {
      return counted(label, condition, body, loop.span());
    }
    Hir step = new Hir.Nothing(Basic.UNIT, loop.span());
    return new Hir.Loop(label, condition, body, step, loop.span());
  }

  private boolean isIteration(Ast condition) {
    Program.@Nullable Syscall called =
        condition instanceof Ast.Apply apply && apply.function() instanceof Ast.Global global
            ? typer.context().program().syscalls().get(global.definition())
            : null;
    return called != null && called.symbol().equals("sol_iter_num_next");
  }

  /** A loop over an iterator of the runtime, counted so that its bound can be proved. */
  private Hir counted(Label label, Hir next, Hir body, Span span) {
    Local rounds = typer.context().local("rounds", Type.U64, span);
    Hir read = new Hir.Read(rounds, span);
    Hir limit = new Hir.Constant(iterations, Type.U64, span);
    Hir inside = new Hir.Compare(Comparison.LT, read, limit, span);
    Hir condition =
        new Hir.Sequence(List.of(Failures.unless(inside, Failure.OUT_OF_BOUNDS, span), next), span);
    Hir one = new Hir.Constant(BigInteger.ONE, Type.U64, span);
    Hir more = new Hir.Arithmetic(BinaryOp.ADD, Mode.WRAP, read, one, span);
    Hir step = new Hir.Write(rounds, more, span);
    Hir zero = new Hir.Constant(BigInteger.ZERO, Type.U64, span);
    return new Hir.Sequence(
        List.of(
            new Hir.Write(rounds, zero, span), new Hir.Loop(label, condition, body, step, span)),
        span);
  }

  /** Notes the numbers that an iterator goes through: from one to before the other. */
  void iterates(Hir from, Hir to) {
    Optional<BigInteger> start = Literals.constant(from);
    Optional<BigInteger> end = Literals.constant(to);
    // The round that finds the end counts too.
    iterations =
        start.isPresent() && end.isPresent()
            ? end.get().subtract(start.get()).max(BigInteger.ZERO).add(BigInteger.ONE)
            : MOST_ITERATIONS;
  }

  /** The body of a loop: {@code break} and {@code continue} in it mean that loop. */
  Hir body(Label label, Ast body) {
    loops.push(label);
    Hir typed = typer.effect(body);
    loops.pop();
    return typed;
  }
}
