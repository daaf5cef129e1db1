package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.AstParts;
import dev.ovsm.frontend.ast.Conversion;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.Typed;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A program as the rules look at it: what runs, when, and what names stand for. */
final class Subject {
  private static final int LONGEST_CHAIN = 32;

  private final Program program;
  private final Typed typed;
  private final Map<Variable, Ast> definitions = new LinkedHashMap<>();
  private final Map<Span, Ast.Define> byPlace = new LinkedHashMap<>();
  private final Set<Ast.Lambda> callbacks = new LinkedHashSet<>();
  private final List<Execution> executions;

  Subject(Program program, Typed typed) {
    this.program = program;
    this.typed = typed;
    everything(
        ast -> {
          if (ast instanceof Ast.Define define) {
            definitions.putIfAbsent(program.canonical(define.variable()), define.value());
            byPlace.putIfAbsent(define.variable().span(), define);
          }
        });
    this.executions = Executions.of(this);
    executions.stream()
        .filter(execution -> execution.registration().isPresent())
        .forEach(execution -> callbacks.add(execution.lambda()));
  }

  Program program() {
    return program;
  }

  Typed typed() {
    return typed;
  }

  List<Execution> executions() {
    return executions;
  }

  /** Visits every expression that the program's own sources have. */
  void everything(Consumer<Ast> visitor) {
    program.entries().values().forEach(entry -> AstParts.walk(entry.lambda(), visitor));
    program
        .functions()
        .forEach(
            (definition, lambda) -> {
              if (isOwn(definition)) {
                AstParts.walk(lambda, visitor);
              }
            });
  }

  /** Whether an expression may run its parts any number of times. */
  static boolean isLoop(Ast ast) {
    return ast instanceof Ast.While
        || ast instanceof Ast.Count
        || ast instanceof Ast.Each
        || ast instanceof Ast.MapEach;
  }

  /** Whether a definition is the program's own rather than the library's. */
  static boolean isOwn(Definition definition) {
    return !definition.span().source().isInternal();
  }

  /** Every call in the program's own sources. */
  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    everything(ast -> call(ast).ifPresent(calls::add));
    return calls;
  }

  Optional<Call> call(Ast ast) {
    return Call.of(ast, program);
  }

  /**
   * Visits what code runs: itself and, each once, the functions and constants that it uses, but not
   * what it registers for later.
   */
  void reach(Ast root, Consumer<Ast> visitor) {
    Set<Definition> entered = new LinkedHashSet<>();
    Deque<Ast> pending = new ArrayDeque<>(List.of(root));
    for (Ast next = pending.poll(); next != null; next = pending.poll()) {
      visitor.accept(next);
      if (next instanceof Ast.Global global && entered.add(global.definition())) {
        Ast.Lambda function = program.functions().get(global.definition());
        Ast constant = program.constants().get(global.definition());
        if (function != null) {
          pending.push(function.body());
        } else if (constant != null) {
          pending.push(constant);
        }
      }
      List<Ast> parts = new ArrayList<>(AstParts.of(next));
      Collections.reverse(parts);
      for (Ast part : parts) {
        if (!(part instanceof Ast.Lambda lambda) || !callbacks.contains(lambda)) {
          pending.push(part);
        }
      }
    }
  }

  /** The calls that an execution makes, in the order of the text. */
  List<Call> reached(Execution execution) {
    List<Call> calls = new ArrayList<>();
    reach(execution.lambda().body(), ast -> call(ast).ifPresent(calls::add));
    return calls;
  }

  /** What a name stands for, as far as one definition says it. */
  Ast value(Ast ast) {
    Ast current = ast;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      Ast next = current;
      if (current instanceof Ast.Use use) {
        next = definitions.getOrDefault(program.canonical(use.variable()), current);
      } else if (current instanceof Ast.Global global) {
        next = program.constants().getOrDefault(global.definition(), current);
      } else if (current instanceof Ast.The typedValue) {
        next = typedValue.value();
      }
      if (next == current) {
        break;
      }
      current = next;
    }
    return current;
  }

  /** The expression that defines the variable whose name is at a place. */
  Optional<Ast.Define> definition(Span name) {
    return Optional.ofNullable(byPlace.get(name));
  }

  /** The whole number that an expression is known to be. */
  Optional<BigInteger> number(Ast ast) {
    Ast known = value(ast);
    if (known instanceof Ast.Apply apply
        && apply.function() instanceof Ast.Primitive primitive
        && primitive.builtin() instanceof Conversion) {
      known = value(apply.arguments().get(0));
    }
    return known instanceof Ast.Whole whole ? Optional.of(whole.value()) : Optional.empty();
  }
}
