package dev.ovsm.frontend.type;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Label;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Freedom;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the typing of all functions of a program shares; a problem of a function is reported once,
 * however many instances show it.
 */
final class Context {
  private final Program program;
  private final ByName declared;
  private final Diagnostics diagnostics;
  private final Set<Reported> reported = new HashSet<>();
  private final Deque<Call> calls = new ArrayDeque<>();
  private final List<Open> open = new ArrayList<>();
  private final List<Open> wholes = new ArrayList<>();
  private final List<Fraction> fractions = new ArrayList<>();
  private final Map<Type.Var, Written> writtenOf = new HashMap<>();
  private int ids;
  private boolean isComplete;

  Context(Program program, Diagnostics diagnostics) {
    this.program = program;
    this.declared = new ByName(program);
    this.diagnostics = diagnostics;
  }

  private record Reported(Code code, Span span) {}

  /** A type to close in the end, and the literal whose range to check then, if it is one. */
  private record Open(Type type, BigInteger value, Span span) {}

  /** A literal with a fraction, of a type that may be known last. */
  private record Fraction(Type type, BigDecimal value, Span span) {}

  Program program() {
    return program;
  }

  ByName declared() {
    return declared;
  }

  /**
   * Reports a word that nothing is named, with what may have been meant: that takes long for many.
   */
  void reportUnknown(Diagnostic report, Span span, String word, Iterable<String> known) {
    report(diagnostics.advises() ? Spelling.corrected(report, span, word, known) : report);
  }

  void report(Diagnostic diagnostic) {
    Span primary = diagnostic.primary();
    if (primary == null || reported.add(new Reported(diagnostic.code(), primary))) {
      diagnostics.add(calls.isEmpty() ? diagnostic : calls.peek().explain(diagnostic));
    }
  }

  /** What is reported until {@link #leaveCall} is of a function as this call has it typed. */
  void enterCall(Ast.Lambda function, Span at) {
    calls.push(new Call(function, at));
  }

  void leaveCall() {
    calls.pop();
  }

  /** A call that gives a function's parameters their types. */
  private record Call(Ast.Lambda function, Span at) {
    /** Adds the call to what is said of a parameter that has its type from there. */
    Diagnostic explain(Diagnostic diagnostic) {
      boolean isFromHere =
          function.parameters().stream()
              .map(Parameter::variable)
              .filter(variable -> variable.type() == null)
              .anyMatch(variable -> isLabelled(diagnostic, variable.span()));
      return isFromHere && at.isReal()
          ? diagnostic.withLabel(at, "as this calls " + function.name())
          : diagnostic;
    }

    private static boolean isLabelled(Diagnostic diagnostic, Span span) {
      return diagnostic.labels().stream().anyMatch(label -> label.span().equals(span));
    }
  }

  Local local(String name, Type type, Span span) {
    return new Local(ids++, name, type, false, span);
  }

  /** The local of a variable that is defined in a branch and used after it. */
  Local hoisted(String name, Type type, Span span) {
    return new Local(ids++, name, type, true, span);
  }

  Label label() {
    return new Label(ids++);
  }

  /** A whole literal whose type its uses decide. */
  Hir.Constant literal(BigInteger value, Span span) {
    Type.Var var = new Type.Var(Freedom.NUMBER);
    open.add(new Open(var, value, span));
    return new Hir.Constant(value, var, span);
  }

  /** The type of a literal with a fraction, which its uses decide. */
  Type.Var fraction(BigDecimal value, Span span) {
    Type.Var type = var(Freedom.FRACTION, span);
    fractions.add(new Fraction(type, value, span));
    return type;
  }

  /** A whole literal of a known type. */
  Hir.Constant constant(BigInteger value, Type type, Span span) {
    open.add(new Open(type, value, span));
    return new Hir.Constant(value, type, span);
  }

  Type.Var var(Freedom freedom, Span span) {
    Type.Var var = new Type.Var(freedom);
    open.add(new Open(var, BigInteger.ZERO, span));
    return var;
  }

  /** A function type and where it is written. */
  record Written(Type type, Span span) {}

  /** An open type of elements that must be functions as they are written. */
  Type.Var held(Type written, Span at) {
    Type.Var element = var(Freedom.ANY, at);
    writtenOf.put(element, new Written(written, at));
    return element;
  }

  /** The type of functions that is known of elements, held to what was written of them before. */
  Type held(Type known, Type before, Span at) {
    Optional<Written> written = written(before);
    if (written.isEmpty()) {
      return known;
    }
    Type.Var element = held(written.get().type(), written.get().span());
    element.bind(known, at);
    return element;
  }

  /** What the source writes of elements of this type, if it does. */
  Optional<Written> written(Type element) {
    return element instanceof Type.Var var
        ? Optional.ofNullable(writtenOf.get(var))
        : Optional.empty();
  }

  /** Notes that a type must turn out to be one of whole numbers. */
  void whole(Type type, Span span) {
    wholes.add(new Open(type, BigInteger.ZERO, span));
  }

  /** Whether the program is typed, and only functions of the library are still to come. */
  boolean isComplete() {
    return isComplete;
  }

  /** Gives every type that is still open its default, and checks that literals fit theirs. */
  void close() {
    isComplete = true;
    for (Open next : open) {
      if (Type.resolved(next.type()) instanceof Type.Var var && var.freedom() == Freedom.NUMBER) {
        var.bind(Literals.natural(next.value()), next.span());
      }
      Unifier.close(next.type(), next.span());
      Type known = Type.resolved(next.type());
      if (known == Type.Basic.DECIMAL) {
        Literals.checkDecimal(new BigDecimal(next.value()), next.span(), this);
      } else if (known instanceof Type.Int type) {
        Literals.check(next.value(), type, next.span(), Type.decidedAt(next.type()), this);
      }
    }
    open.clear();
    for (Fraction next : fractions) {
      if (Type.resolved(next.type()) == Type.Basic.DECIMAL) {
        Literals.checkDecimal(next.value(), next.span(), this);
      }
    }
    fractions.clear();
    for (Open next : wholes) {
      Type type = Type.resolved(next.type());
      if (type == Type.Basic.F64 || type == Type.Basic.DECIMAL) {
        report(
            Diagnostic.at(
                    next.span(),
                    LanguageCode.TYPE_MISMATCH,
                    "this operation takes whole numbers, and this is " + type.word())
                .withHelp("convert it first: (i64 x)"));
      }
    }
    wholes.clear();
  }
}
