package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A function under construction whose variables are the locals of the typed core, each as many
 * words as its type has; every instruction is emitted for a place in the source.
 */
final class Emitter {
  private final FunctionBuilder builder;
  private final DataPool pool;
  private final Map<Local, List<Variable>> locals = new LinkedHashMap<>();
  private final @Nullable ErrorLines errors;
  private @Nullable BiConsumer<Value, Span> escape;

  /**
   * @param errors what is logged of errors, if they are
   */
  Emitter(FunctionBuilder builder, DataPool pool, @Nullable ErrorLines errors) {
    this.builder = builder;
    this.pool = pool;
    this.errors = errors;
  }

  FunctionBuilder at(Span span) {
    builder.at(span);
    return builder;
  }

  void write(Local local, List<Value> words) {
    List<Variable> variables = variables(local);
    for (int i = 0; i < Math.min(words.size(), variables.size()); i++) {
      builder.write(variables.get(i), words.get(i));
    }
  }

  List<Value> read(Local local) {
    return variables(local).stream().map(builder::read).toList();
  }

  private List<Variable> variables(Local local) {
    return locals.computeIfAbsent(local, l -> temporaries(l.name(), Words.of(l.type())));
  }

  /** Variables of the builder for the words of a value. */
  List<Variable> temporaries(String name, List<Type> words) {
    List<Variable> variables = new ArrayList<>();
    for (Type word : words) {
      variables.add(builder.variable(name, word));
    }
    return variables;
  }

  Value constant(Type type, long value, Span span) {
    return at(span).constant(type, value);
  }

  Value binary(BinaryOp op, Mode mode, Value left, Value right, Span span) {
    boolean divides = op == BinaryOp.DIV || op == BinaryOp.REM;
    boolean mayFail = op.hasMode() && (mode == Mode.CHECK || (mode == Mode.WRAP && divides));
    return isExplicit() && mayFail
        ? new ExplicitChecks(this, span).binary(op, mode, left, right)
        : at(span).binary(op, mode, left, right);
  }

  Value compare(Comparison op, Value left, Value right, Span span) {
    return at(span).compare(op, left, right);
  }

  Value convert(Type type, Mode mode, Value operand, Span span) {
    return isExplicit() && mode == Mode.CHECK
        ? new ExplicitChecks(this, span).convert(type, operand)
        : at(span).convert(type, mode, operand);
  }

  /** The same 64 bits under another type. */
  Value rename(Type type, Value operand, Span span) {
    boolean address = type == Type.PTR || operand.type() == Type.PTR;
    return convert(type, address ? Mode.EXACT : Mode.WRAP, operand, span);
  }

  Value load(Type type, Value address, int offset, Span span) {
    return at(span).load(type, address, offset);
  }

  void store(Value address, int offset, Value value, Span span) {
    at(span).store(address, offset, value);
  }

  void copy(Value target, Value source, int bytes, Span span) {
    at(span).copy(target, source, bytes);
  }

  Value data(byte[] bytes, int align, Span span) {
    return at(span).data(pool.add(bytes, align));
  }

  Value slot(int bytes, int align, Span span) {
    return at(span).slot(Math.max(bytes, 1), align);
  }

  /** {@code address + bytes} without a check. */
  Value shift(Value address, long bytes, Span span) {
    return at(span).offset(address, bytes);
  }

  Value syscall(String name, List<Value> arguments, Span span) {
    return at(span).syscall(Type.U64, name, arguments);
  }

  /** Fails the invocation where {@code condition} does not hold. */
  void require(Value condition, Failure failure, Span span) {
    int good = builder.block();
    int bad = builder.block();
    at(span).branch(condition, good, bad);
    builder.enter(bad);
    fail(failure.code(), span);
    builder.enter(good);
  }

  /** Whether a check is a condition and branches, so that more than a failure can follow. */
  private boolean isExplicit() {
    return escape != null || errors != null;
  }

  /** Fails with a code that is known, and perhaps says where if nothing handles it. */
  void fail(long code, Span span) {
    if (errors != null && escape == null) {
      byte[] line = errors.line(code, span);
      Value length = constant(Type.U64, line.length, span);
      syscall("sol_log_", List.of(data(line, 1, span), length), span);
    }
    fail(constant(Type.U64, code, span), span);
  }

  /** Fails with a code: ends the invocation, or goes where failures of this place are handled. */
  void fail(Value code, Span span) {
    if (escape == null) {
      at(span).fail(code);
      return;
    }
    // A handler is told of an error, and 0 would say that there is none.
    Value zero = constant(Type.U64, 0, span);
    Value some = constant(Type.U64, Failure.ASSERTION.code(), span);
    Value isZero = compare(Comparison.EQ, code, zero, span);
    escape.accept(at(span).select(isZero, some, code), span);
  }

  /** Whether failures of this place are handled, here or by the caller. */
  boolean escapes() {
    return escape != null;
  }

  /** Emits code whose failures go to {@code handler}, which must end the block. */
  void escaping(BiConsumer<Value, Span> handler, Runnable code) {
    BiConsumer<Value, Span> outer = escape;
    escape = handler;
    code.run();
    escape = outer;
  }
}
