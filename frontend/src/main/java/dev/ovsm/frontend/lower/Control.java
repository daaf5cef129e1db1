package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Arm;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Label;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lowers choices and loops to blocks. */
final class Control {
  private final BodyLowering body;
  private final Emitter emitter;
  private final Map<Label, Exits> loops = new LinkedHashMap<>();

  Control(BodyLowering body, Emitter emitter) {
    this.body = body;
    this.emitter = emitter;
  }

  /** Where the jumps of a loop go. */
  private record Exits(int next, int out) {}

  List<Value> choose(Hir.If choice) {
    FunctionBuilder builder = emitter.at(choice.span());
    int then = builder.block();
    int otherwise = builder.block();
    int join = builder.block();
    List<Variable> words = emitter.temporaries("if", Words.of(choice.type()));
    branch(choice.condition(), then, otherwise);
    path(then, choice.then(), words, join);
    path(otherwise, choice.otherwise(), words, join);
    return meet(words, join, choice.span());
  }

  /** Lowers one of several paths, which ends with the words of the value in variables. */
  private void path(int block, Hir code, List<Variable> words, int join) {
    FunctionBuilder builder = emitter.at(code.span());
    builder.enter(block);
    List<Value> value = body.lower(code);
    emitter.at(code.span());
    for (int i = 0; i < words.size(); i++) {
      // A path that does not come back has no value to give.
      Value word = i < value.size() ? value.get(i) : builder.constant(words.get(i).type(), 0);
      builder.write(
          words.get(i), builder.convert(words.get(i).type(), dev.ovsm.ir.Mode.EXACT, word));
    }
    builder.jump(join);
  }

  private List<Value> meet(List<Variable> words, int join, Span span) {
    FunctionBuilder builder = emitter.at(span);
    builder.enter(join);
    return words.stream().map(builder::read).toList();
  }

  /**
   * Branches on a condition; {@code and}, {@code or} and {@code not} become branches themselves.
   */
  private void branch(Hir condition, int then, int otherwise) {
    if (condition instanceof Hir.If logic && Type.resolved(logic.type()) == Basic.BOOL) {
      FunctionBuilder builder = emitter.at(condition.span());
      int yes =
          isConstant(logic.then(), true) ? then : isConstant(logic.then(), false) ? otherwise : -1;
      int no =
          isConstant(logic.otherwise(), true)
              ? then
              : isConstant(logic.otherwise(), false) ? otherwise : -1;
      int inner = builder.block();
      if (yes >= 0 && no < 0) {
        branch(logic.condition(), yes, inner);
        builder.enter(inner);
        branch(logic.otherwise(), then, otherwise);
        return;
      }
      if (no >= 0 && yes < 0) {
        branch(logic.condition(), inner, no);
        builder.enter(inner);
        branch(logic.then(), then, otherwise);
        return;
      }
    }
    boolean negates =
        condition instanceof Hir.Compare compare
            && compare.op() == Comparison.EQ
            && Type.resolved(compare.left().type()) == Basic.BOOL
            && isConstant(compare.right(), false);
    if (negates && condition instanceof Hir.Compare compare) {
      branch(compare.left(), otherwise, then);
      return;
    }
    Value value = body.word(condition);
    FunctionBuilder builder = emitter.at(condition.span());
    // The condition of a path that does not come back may be any word.
    Value truth = value.type() == dev.ovsm.ir.Type.BOOL ? value : builder.constant(false);
    builder.branch(truth, then, otherwise);
  }

  private static boolean isConstant(Hir hir, boolean value) {
    return hir instanceof Hir.Constant constant
        && Type.resolved(constant.type()) == Basic.BOOL
        && (constant.value().signum() != 0) == value;
  }

  List<Value> select(Hir.Switch select) {
    Value value = body.word(select.value());
    FunctionBuilder builder = emitter.at(select.span());
    int join = builder.block();
    List<Variable> words = emitter.temporaries("case", Words.of(select.type()));
    List<Terminator.Case> cases = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    for (Arm arm : select.arms()) {
      int start = builder.block();
      starts.add(start);
      for (BigInteger key : arm.keys()) {
        long constant = value.type().canonical(key.longValue());
        cases.add(new Terminator.Case(constant, new Target(start, List.of())));
      }
    }
    int otherwise = builder.block();
    builder.switchOn(value, cases, new Target(otherwise, List.of()));
    for (int i = 0; i < starts.size(); i++) {
      path(starts.get(i), select.arms().get(i).body(), words, join);
    }
    path(otherwise, select.otherwise(), words, join);
    return meet(words, join, select.span());
  }

  List<Value> attempt(Hir.Try attempt) {
    FunctionBuilder builder = emitter.at(attempt.span());
    int body = builder.block();
    int handler = builder.block();
    int join = builder.block();
    List<Variable> words = emitter.temporaries("try", Words.of(attempt.type()));
    builder.jump(body);
    emitter.escaping(
        (code, span) -> {
          emitter.write(attempt.error(), List.of(code));
          emitter.at(span).jump(handler);
        },
        () -> path(body, attempt.body(), words, join));
    path(handler, attempt.handler(), words, join);
    return meet(words, join, attempt.span());
  }

  List<Value> loop(Hir.Loop loop) {
    FunctionBuilder builder = emitter.at(loop.span());
    int header = builder.block();
    int inside = builder.block();
    int next = builder.block();
    int out = builder.block();
    loops.put(loop.label(), new Exits(next, out));
    builder.jump(header);
    builder.enter(header);
    branch(loop.condition(), inside, out);
    builder.enter(inside);
    body.lower(loop.body());
    emitter.at(loop.span()).jump(next);
    builder.enter(next);
    body.lower(loop.step());
    emitter.at(loop.span()).jump(header);
    builder.enter(out);
    return List.of();
  }

  List<Value> jump(Hir.Jump jump) {
    Exits exits = loops.get(jump.label());
    if (exits != null) {
      emitter.at(jump.span()).jump(jump.leaves() ? exits.out() : exits.next());
    }
    return List.of();
  }
}
