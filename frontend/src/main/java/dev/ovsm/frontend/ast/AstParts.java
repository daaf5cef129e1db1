package dev.ovsm.frontend.ast;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Visits the parts of resolved expressions. */
public final class AstParts {
  private AstParts() {}

  /** Visits an expression and everything in it, lambdas included, with a stack of its own. */
  public static void walk(Ast root, Consumer<Ast> visitor) {
    Deque<Ast> pending = new ArrayDeque<>(List.of(root));
    for (Ast next = pending.poll(); next != null; next = pending.poll()) {
      visitor.accept(next);
      of(next).forEach(pending::push);
    }
  }

  /** The direct parts of an expression, in the order in which they are evaluated. */
  public static List<Ast> of(Ast ast) {
    if (ast instanceof Ast.Define define) {
      return List.of(define.value());
    } else if (ast instanceof Ast.Assign assign) {
      return List.of(assign.value(), assign.place());
    } else if (ast instanceof Ast.Do block) {
      return block.body();
    } else if (ast instanceof Ast.If choice) {
      return present(choice.condition(), choice.then(), choice.otherwise());
    } else if (ast instanceof Ast.Logic logic) {
      return logic.operands();
    } else if (ast instanceof Ast.Case select) {
      List<Ast> parts = new ArrayList<>(List.of(select.value()));
      select.clauses().forEach(clause -> parts.addAll(clause.keys()));
      select.clauses().forEach(clause -> parts.add(clause.body()));
      parts.addAll(present(select.otherwise()));
      return parts;
    } else if (ast instanceof Ast.While loop) {
      return List.of(loop.condition(), loop.body());
    } else if (ast instanceof Ast.Count count) {
      return List.of(count.from(), count.to(), count.step(), count.body());
    } else if (ast instanceof Ast.Each each) {
      return List.of(each.collection(), each.body());
    } else if (ast instanceof Ast.Return leave) {
      return present(leave.value());
    } else if (ast instanceof Ast.Lambda lambda) {
      return List.of(lambda.body());
    } else if (ast instanceof Ast.Apply apply) {
      List<Ast> parts = new ArrayList<>(List.of(apply.function()));
      parts.addAll(apply.arguments());
      return parts;
    } else if (ast instanceof Ast.Vector vector) {
      return vector.items();
    } else if (ast instanceof Ast.Fields fields) {
      return fields.fields().stream().map(Ast.Field::value).toList();
    } else if (ast instanceof Ast.The typed) {
      return List.of(typed.value());
    } else if (ast instanceof Ast.Try attempt) {
      return List.of(attempt.body(), attempt.handler());
    } else if (ast instanceof Ast.Finally last) {
      return List.of(last.body(), last.end());
    } else if (ast instanceof Ast.Catch caught) {
      return List.of(caught.body());
    } else if (ast instanceof Ast.Throw thrown) {
      return List.of(thrown.value());
    } else if (ast instanceof Ast.Range range) {
      return present(range.from(), range.to(), range.step());
    } else if (ast instanceof Ast.TypeCase select) {
      List<Ast> parts = new ArrayList<>(List.of(select.value()));
      select.clauses().forEach(clause -> parts.add(clause.body()));
      parts.addAll(present(select.otherwise()));
      return parts;
    } else if (ast instanceof Ast.MapEach each) {
      return List.of(each.map(), each.body());
    } else if (ast instanceof Ast.MakeLike make) {
      return List.of(make.collection());
    }
    return List.of();
  }

  private static List<Ast> present(@Nullable Ast... parts) {
    return Stream.of(parts).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
