package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Local;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds one IR function block by block, and knows which values each local has at the place where it
 * emits. Code after a terminator lands in a block that nothing reaches and that is dropped.
 */
final class Emitter {
  private final List<Draft> drafts = new ArrayList<>();
  private final DataPool pool;
  private int values;
  private Draft current;
  private Map<Local, List<Value>> locals = new LinkedHashMap<>();

  Emitter(DataPool pool) {
    this.pool = pool;
    this.current = new Draft();
    current.live = true;
    drafts.add(current);
  }

  /** A block under construction. */
  static final class Draft {
    final List<Value> parameters = new ArrayList<>();
    final List<Inst> insts = new ArrayList<>();
    final List<Edge> edges = new ArrayList<>();
    @Nullable Ending ending;
    boolean live;
  }

  /** A jump to a draft with its arguments. */
  record Edge(Draft draft, List<Value> arguments) {}

  /** Makes the terminator once the numbers of its targets are known. */
  interface Ending {
    Terminator with(List<Target> targets);
  }

  Value value(Type type) {
    return new Value(values++, type);
  }

  Draft block() {
    Draft draft = new Draft();
    drafts.add(draft);
    return draft;
  }

  Value parameter(Draft draft, Type type) {
    Value value = value(type);
    draft.parameters.add(value);
    return value;
  }

  /** A parameter of the function. */
  Value parameter(Type type) {
    return parameter(drafts.get(0), type);
  }

  void start(Draft draft) {
    current = draft;
  }

  Draft here() {
    return current;
  }

  /** Whether control can arrive at the place where this emits. */
  boolean isLive() {
    return current.live;
  }

  void emit(Inst inst) {
    current.insts.add(inst);
  }

  Map<Local, List<Value>> locals() {
    return locals;
  }

  void locals(Map<Local, List<Value>> known) {
    locals = known;
  }

  private void end(Ending ending, Edge... edges) {
    current.ending = ending;
    for (Edge edge : edges) {
      current.edges.add(edge);
      edge.draft().live |= current.live;
    }
    current = new Draft();
  }

  void jump(Draft draft, List<Value> arguments, Span span) {
    end(targets -> new Terminator.Jump(targets.get(0), span), new Edge(draft, arguments));
  }

  void branch(Value condition, Edge then, Edge otherwise, Span span) {
    end(
        targets -> new Terminator.Branch(condition, targets.get(0), targets.get(1), span),
        then,
        otherwise);
  }

  void select(Value value, List<Long> keys, List<Draft> arms, Draft otherwise, Span span) {
    List<Edge> edges = new ArrayList<>();
    for (Draft arm : arms) {
      edges.add(new Edge(arm, List.of()));
    }
    edges.add(new Edge(otherwise, List.of()));
    end(
        targets -> {
          List<Terminator.Case> cases = new ArrayList<>();
          for (int i = 0; i < keys.size(); i++) {
            cases.add(new Terminator.Case(keys.get(i), targets.get(i)));
          }
          return new Terminator.Switch(value, cases, targets.get(keys.size()), span);
        },
        edges.toArray(Edge[]::new));
  }

  void leave(@Nullable Value value, Span span) {
    end(targets -> new Terminator.Return(value, span));
  }

  void fail(Value code, Span span) {
    end(targets -> new Terminator.Fail(code, span));
  }

  Value constant(Type type, long value, Span span) {
    Value result = value(type);
    emit(new Inst.Const(result, type.canonical(value), span));
    return result;
  }

  Value binary(BinaryOp op, Mode mode, Value left, Value right, Span span) {
    Value result = value(left.type());
    emit(new Inst.Binary(result, op, mode, left, right, span));
    return result;
  }

  Value compare(Comparison op, Value left, Value right, Span span) {
    Value result = value(Type.BOOL);
    emit(new Inst.Compare(result, op, left, right, span));
    return result;
  }

  Value convert(Type type, Mode mode, Value operand, Span span) {
    if (operand.type() == type) {
      return operand;
    }
    Value result = value(type);
    emit(new Inst.Convert(result, mode, operand, span));
    return result;
  }

  Value load(Type type, Value address, int offset, Span span) {
    Value result = value(type);
    emit(new Inst.Load(result, address, offset, span));
    return result;
  }

  void store(Value address, int offset, Value value, Span span) {
    emit(new Inst.Store(address, offset, value, span));
  }

  Value data(byte[] bytes, int align, Span span) {
    Value result = value(Type.PTR);
    emit(new Inst.DataAddress(result, pool.add(bytes, align), span));
    return result;
  }

  Value slot(int bytes, int align, Span span) {
    Value result = value(Type.PTR);
    emit(new Inst.StackSlot(result, Math.max(bytes, 1), align, span));
    return result;
  }

  /** {@code address + bytes} without a check. */
  Value shift(Value address, long bytes, Span span) {
    if (bytes == 0) {
      return address;
    }
    Value distance = constant(Type.U64, bytes, span);
    return binary(BinaryOp.ADD, Mode.WRAP, address, distance, span);
  }

  Value syscall(String name, List<Value> arguments, Span span) {
    Value result = value(Type.U64);
    emit(new Inst.Syscall(result, name, arguments, span));
    return result;
  }

  /** Fails the invocation where {@code condition} does not hold. */
  void require(Value condition, Failure failure, Span span) {
    Draft good = block();
    Draft bad = block();
    branch(condition, new Edge(good, List.of()), new Edge(bad, List.of()), span);
    start(bad);
    fail(constant(Type.U64, failure.code(), span), span);
    start(good);
  }

  /** The finished function, without the blocks that nothing reaches. */
  Function finish(String name, @Nullable Type result, Span span) {
    Map<Draft, Integer> numbers = new LinkedHashMap<>();
    List<Draft> order = new ArrayList<>();
    Deque<Draft> pending = new ArrayDeque<>();
    pending.add(drafts.get(0));
    numbers.put(drafts.get(0), 0);
    for (Draft draft = pending.poll(); draft != null; draft = pending.poll()) {
      order.add(draft);
      for (Edge edge : draft.edges) {
        if (numbers.putIfAbsent(edge.draft(), numbers.size()) == null) {
          pending.add(edge.draft());
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    for (Draft draft : order) {
      List<Target> targets = new ArrayList<>();
      for (Edge edge : draft.edges) {
        targets.add(new Target(numbers.getOrDefault(edge.draft(), 0), edge.arguments()));
      }
      Ending ending = draft.ending;
      Terminator terminator =
          ending == null ? new Terminator.Unreachable(span) : ending.with(targets);
      blocks.add(new Block(blocks.size(), draft.parameters, draft.insts, terminator));
    }
    return new Function(name, result, blocks, span);
  }
}
