package dev.ovsm.backend.expand;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a function under rewriting: the original ones keep their ids, new ones follow.
 * There is a current block; a terminator ends it and {@link #enter} starts another.
 */
final class Drafts {
  private final List<Draft> drafts = new ArrayList<>();
  private Draft current;
  private int values;
  private Span span = Span.none();

  Drafts(Function function) {
    for (Block block : function.blocks()) {
      drafts.add(new Draft(drafts.size(), block.parameters()));
      block.parameters().forEach(this::see);
      block.insts().forEach(inst -> see(inst.result()));
    }
    current = drafts.get(0);
  }

  private void see(@Nullable Value value) {
    values = Math.max(values, value == null ? 0 : value.id() + 1);
  }

  /** The span of what is emitted next. */
  void at(Span place) {
    span = place;
  }

  void enter(int block) {
    current = drafts.get(block);
  }

  int block(Value... parameters) {
    drafts.add(new Draft(drafts.size(), List.of(parameters)));
    return drafts.size() - 1;
  }

  Value fresh(Type type) {
    return new Value(values++, type);
  }

  void emit(Inst inst) {
    current.insts.add(inst);
  }

  Value constant(Type type, long value) {
    Value result = fresh(type);
    emit(new Inst.Const(result, type.canonical(value), span));
    return result;
  }

  Value binary(BinaryOp op, Mode mode, Value left, Value right) {
    Value result = fresh(left.type());
    emit(new Inst.Binary(result, op, mode, left, right, span));
    return result;
  }

  /** Arithmetic that wraps or cannot fail. */
  Value binary(BinaryOp op, Value left, Value right) {
    return binary(op, Mode.WRAP, left, right);
  }

  /** The low bits in another type, or the value itself. */
  Value wrap(Type type, Value operand) {
    if (operand.type() == type) {
      return operand;
    }
    Value result = fresh(type);
    emit(new Inst.Convert(result, Mode.WRAP, operand, span));
    return result;
  }

  /** {@code 0 - value}, wrapping. */
  Value negate(Value value) {
    return binary(BinaryOp.SUB, constant(value.type(), 0), value);
  }

  void end(Terminator terminator) {
    current.terminator = terminator;
  }

  void jump(int block, Value... arguments) {
    end(new Terminator.Jump(new Target(block, List.of(arguments)), span));
  }

  /** Compares and branches to blocks without parameters. */
  void branch(Comparison op, Value left, Value right, int then, int otherwise) {
    Value condition = fresh(Type.BOOL);
    emit(new Inst.Compare(condition, op, left, right, span));
    branch(condition, then, otherwise);
  }

  void branch(Value condition, int then, int otherwise) {
    end(
        new Terminator.Branch(
            condition, new Target(then, List.of()), new Target(otherwise, List.of()), span));
  }

  /** Fails if the comparison holds and goes on in a new block, now current. */
  void failIf(Comparison op, Value left, Value right, Failure failure) {
    int bad = block();
    int good = block();
    branch(op, left, right, bad, good);
    enter(bad);
    end(new Terminator.Fail(constant(Type.U64, failure.code()), span));
    enter(good);
  }

  /**
   * A checked product of two {@code U64}: one that does not give a factor back when divided by the
   * other overflowed.
   */
  void product(Value result, Value left, Value right) {
    emit(new Inst.Binary(result, BinaryOp.MUL, Mode.WRAP, left, right, span));
    int divide = block();
    int join = block();
    branch(Comparison.EQ, right, constant(Type.U64, 0), join, divide);
    enter(divide);
    failIf(Comparison.NE, binary(BinaryOp.DIV, Mode.EXACT, result, right), left, Failure.OVERFLOW);
    jump(join);
    enter(join);
  }

  Function function(Function original) {
    List<Block> blocks = new ArrayList<>();
    for (Draft draft : drafts) {
      blocks.add(new Block(draft.id, draft.parameters, draft.insts, draft.terminator));
    }
    return new Function(original.name(), original.result(), blocks, original.span());
  }

  private static final class Draft {
    final int id;
    final List<Value> parameters;
    final List<Inst> insts = new ArrayList<>();
    Terminator terminator = new Terminator.Unreachable(Span.none());

    Draft(int id, List<Value> parameters) {
      this.id = id;
      this.parameters = parameters;
    }
  }
}
