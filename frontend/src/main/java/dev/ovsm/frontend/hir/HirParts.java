package dev.ovsm.frontend.hir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Visits the parts of typed expressions. */
public final class HirParts {
  private HirParts() {}

  /** Visits an expression and everything in it, with a stack of its own. */
  public static void walk(Hir root, Consumer<Hir> visitor) {
    Deque<Hir> pending = new ArrayDeque<>(List.of(root));
    for (Hir next = pending.poll(); next != null; next = pending.poll()) {
      visitor.accept(next);
      for (Hir part : of(next)) {
        pending.push(part);
      }
    }
  }

  /**
   * The statements of a body with every node replaced that control can leave the function by; what
   * is inside of other expressions stays as it is.
   */
  public static Hir rewrite(Hir hir, UnaryOperator<Hir> change) {
    if (hir instanceof Hir.Sequence sequence) {
      List<Hir> body = sequence.body().stream().map(part -> rewrite(part, change)).toList();
      return new Hir.Sequence(body, hir.span());
    } else if (hir instanceof Hir.If choice) {
      return new Hir.If(
          rewrite(choice.condition(), change),
          rewrite(choice.then(), change),
          rewrite(choice.otherwise(), change),
          choice.type(),
          choice.span());
    } else if (hir instanceof Hir.Switch select) {
      List<Arm> arms =
          select.arms().stream()
              .map(arm -> new Arm(arm.keys(), rewrite(arm.body(), change)))
              .toList();
      return new Hir.Switch(
          rewrite(select.value(), change),
          arms,
          rewrite(select.otherwise(), change),
          select.type(),
          select.span());
    } else if (hir instanceof Hir.Loop loop) {
      return new Hir.Loop(
          loop.label(),
          rewrite(loop.condition(), change),
          rewrite(loop.body(), change),
          loop.step(),
          loop.span());
    } else if (hir instanceof Hir.Try attempt) {
      return new Hir.Try(
          rewrite(attempt.body(), change),
          attempt.error(),
          rewrite(attempt.handler(), change),
          attempt.type(),
          attempt.span());
    } else if (hir instanceof Hir.Write write) {
      return new Hir.Write(write.local(), rewrite(write.value(), change), write.span());
    } else if (hir instanceof Hir.Discard discard) {
      return new Hir.Discard(rewrite(discard.value(), change), discard.span());
    }
    return change.apply(hir);
  }

  /** The direct parts of an expression. */
  public static List<Hir> of(Hir hir) {
    if (hir instanceof Hir.Write write) {
      return List.of(write.value());
    } else if (hir instanceof Hir.Sequence sequence) {
      return sequence.body();
    } else if (hir instanceof Hir.If choice) {
      return List.of(choice.condition(), choice.then(), choice.otherwise());
    } else if (hir instanceof Hir.Switch select) {
      List<Hir> parts = new ArrayList<>(List.of(select.value(), select.otherwise()));
      select.arms().forEach(arm -> parts.add(arm.body()));
      return parts;
    } else if (hir instanceof Hir.Loop loop) {
      return List.of(loop.condition(), loop.body(), loop.step());
    } else if (hir instanceof Hir.Return leave) {
      return List.of(leave.value());
    } else if (hir instanceof Hir.Try attempt) {
      return List.of(attempt.body(), attempt.handler());
    } else if (hir instanceof Hir.Returned returned) {
      return List.of(returned.value());
    } else if (hir instanceof Hir.Fail fail) {
      return List.of(fail.code());
    } else if (hir instanceof Hir.Arithmetic arithmetic) {
      return List.of(arithmetic.left(), arithmetic.right());
    } else if (hir instanceof Hir.Compare compare) {
      return List.of(compare.left(), compare.right());
    } else if (hir instanceof Hir.Convert convert) {
      return List.of(convert.value());
    } else if (hir instanceof Hir.Rename rename) {
      return List.of(rename.value());
    } else if (hir instanceof Hir.Load load) {
      return List.of(load.address());
    } else if (hir instanceof Hir.Store store) {
      return List.of(store.address(), store.value());
    } else if (hir instanceof Hir.Shift shift) {
      return List.of(shift.address(), shift.bytes());
    } else if (hir instanceof Hir.Copy copy) {
      return List.of(copy.target(), copy.source());
    } else if (hir instanceof Hir.Zero zero) {
      return List.of(zero.target());
    } else if (hir instanceof Hir.Call call) {
      return call.arguments();
    } else if (hir instanceof Hir.Syscall syscall) {
      return syscall.arguments();
    } else if (hir instanceof Hir.Discard discard) {
      return List.of(discard.value());
    } else if (hir instanceof Hir.VectorOf vector) {
      return vector.items();
    } else if (hir instanceof Hir.Rest rest) {
      return List.of(rest.array());
    } else if (hir instanceof Hir.Element element) {
      return List.of(element.array(), element.index());
    } else if (hir instanceof Hir.StoreElement store) {
      return List.of(store.array(), store.index(), store.value());
    } else if (hir instanceof Hir.Compose compose) {
      return compose.parts();
    } else if (hir instanceof Hir.Part part) {
      return List.of(part.whole());
    } else if (hir instanceof Hir.Present present) {
      return List.of(present.value());
    } else if (hir instanceof Hir.IsPresent present) {
      return List.of(present.option());
    } else if (hir instanceof Hir.Unwrap unwrap) {
      return List.of(unwrap.option());
    } else if (hir instanceof Hir.Log log) {
      return log.parts();
    } else if (hir instanceof Hir.TailCall call) {
      return List.of(call.index());
    } else if (hir instanceof Hir.Format format) {
      return List.of(format.value());
    } else if (hir instanceof Hir.Borsh borsh) {
      return List.of(borsh.value());
    } else if (hir instanceof Hir.Callback callback) {
      List<Hir> parts = new ArrayList<>(callback.captures());
      parts.addAll(callback.accounts());
      return parts;
    }
    return List.of();
  }
}
