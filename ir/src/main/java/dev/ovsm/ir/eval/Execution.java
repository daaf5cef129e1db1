package dev.ovsm.ir.eval;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Arithmetic;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.InstVisitor;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run; a visited instruction or terminator answers the result that ends the run, or nothing to
 * go on.
 */
final class Execution
    implements InstVisitor<Optional<Result>>, Terminator.Visitor<Optional<Result>> {
  private static final int DEEPEST = 64;

  /** What the bytes of a slot are, each of them, until they are written: nothing that is likely. */
  private static final long UNSPECIFIED = 0xa5;

  private final Map<String, Function> functions;
  private final Regions memory;
  private final Host host;
  private final long[] dataAddresses;
  private final long stackEnd;
  private final long stackStart;
  private final List<Frame> frames = new ArrayList<>();
  private long steps;

  Execution(
      Map<String, Function> functions,
      Regions memory,
      Host host,
      long[] dataAddresses,
      long stackStart,
      long stackEnd,
      long steps) {
    this.functions = functions;
    this.memory = memory;
    this.host = host;
    this.dataAddresses = dataAddresses;
    this.stackStart = stackStart;
    this.stackEnd = stackEnd;
    this.steps = steps;
  }

  Result run(Function function, long[] arguments) {
    try {
      push(function, Arrays.stream(arguments).boxed().toList(), null);
      while (steps-- > 0) {
        Frame frame = frame();
        Optional<Result> end = step(frame);
        if (end.isPresent()) {
          return end.get();
        }
      }
      return new Result.Exhausted();
    } catch (Trap trap) {
      return new Result.Trapped(String.valueOf(trap.getMessage()));
    }
  }

  private Optional<Result> step(Frame frame) {
    if (frame.next < frame.block.insts().size()) {
      Inst inst = frame.block.insts().get(frame.next++);
      frame.place = inst.span();
      return inst.accept(this);
    }
    frame.place = frame.block.terminator().span();
    return frame.block.terminator().accept(this);
  }

  /** Where it stands in each function that has not returned, the innermost first. */
  List<Span> places() {
    List<Span> places = new ArrayList<>(frames.stream().map(frame -> frame.place).toList());
    Collections.reverse(places);
    return places;
  }

  private void push(Function function, List<Long> arguments, @Nullable Value wanted) {
    if (frames.size() == DEEPEST) {
      throw new Trap("call depth exceeded");
    }
    Frame frame =
        new Frame(function, arguments, wanted, frames.isEmpty() ? stackStart : frame().top);
    if (frame.top > stackEnd) {
      throw new Trap("stack exhausted");
    }
    frames.add(frame);
  }

  private Frame frame() {
    return frames.get(frames.size() - 1);
  }

  private Optional<Result> define(Value value, long number) {
    frame().set(value, number);
    return Optional.empty();
  }

  @Override
  public Optional<Result> visit(Inst.Const inst) {
    return define(inst.result(), inst.value());
  }

  @Override
  public Optional<Result> visit(Inst.DataAddress inst) {
    return define(inst.result(), dataAddresses[inst.data()]);
  }

  @Override
  public Optional<Result> visit(Inst.StackSlot inst) {
    long address = frame().slots.getOrDefault(inst.result().id(), 0L);
    for (int i = 0; i < inst.bytes(); i++) {
      memory.store(address + i, 1, UNSPECIFIED);
    }
    return define(inst.result(), address);
  }

  @Override
  public Optional<Result> visit(Inst.Binary inst) {
    long left = frame().get(inst.left());
    long right = frame().get(inst.right());
    Type type = inst.left().type();
    Failure failure = Arithmetic.failure(inst.op(), type, left, right);
    if (failure != null && inst.mode() == Mode.EXACT) {
      return Optional.of(new Result.Broken("not exact: " + inst));
    }
    if (failure != null && (inst.mode() == Mode.CHECK || failure == Failure.DIVISION_BY_ZERO)) {
      return Optional.of(new Result.Failed(failure.code()));
    }
    return define(inst.result(), Arithmetic.wrap(inst.op(), type, left, right));
  }

  @Override
  public Optional<Result> visit(Inst.Compare inst) {
    long left = frame().get(inst.left());
    long right = frame().get(inst.right());
    boolean holds = Arithmetic.holds(inst.op(), inst.left().type(), left, right);
    return define(inst.result(), holds ? 1 : 0);
  }

  @Override
  public Optional<Result> visit(Inst.Convert inst) {
    long value = frame().get(inst.operand());
    Type type = inst.result().type();
    boolean fits = type.admits(value, inst.operand().type());
    if (!fits && inst.mode() == Mode.EXACT) {
      return Optional.of(new Result.Broken("not exact: " + inst));
    }
    if (!fits && inst.mode() == Mode.CHECK) {
      return Optional.of(new Result.Failed(Failure.NARROWING.code()));
    }
    return define(inst.result(), type.canonical(value));
  }

  @Override
  public Optional<Result> visit(Inst.Select inst) {
    Value chosen = frame().get(inst.condition()) != 0 ? inst.left() : inst.right();
    return define(inst.result(), frame().get(chosen));
  }

  @Override
  public Optional<Result> visit(Inst.Load inst) {
    Type type = inst.result().type();
    long raw = memory.load(frame().get(inst.address()) + inst.offset(), type.bytes());
    return define(inst.result(), type.canonical(raw));
  }

  @Override
  public Optional<Result> visit(Inst.Store inst) {
    long address = frame().get(inst.address()) + inst.offset();
    memory.store(address, inst.value().type().bytes(), frame().get(inst.value()));
    return Optional.empty();
  }

  @Override
  public Optional<Result> visit(Inst.Copy inst) {
    long target = frame().get(inst.target());
    long source = frame().get(inst.source());
    byte[] bytes = new byte[inst.bytes()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) memory.load(source + i, 1);
    }
    for (int i = 0; i < bytes.length; i++) {
      memory.store(target + i, 1, bytes[i]);
    }
    return Optional.empty();
  }

  @Override
  public Optional<Result> visit(Inst.Zero inst) {
    long target = frame().get(inst.target());
    for (int i = 0; i < inst.bytes(); i++) {
      memory.store(target + i, 1, 0);
    }
    return Optional.empty();
  }

  @Override
  public Optional<Result> visit(Inst.Call inst) {
    Function callee = functions.get(inst.function());
    if (callee == null) {
      return Optional.of(new Result.Broken("no function " + inst.function()));
    }
    push(callee, frame().get(inst.arguments()), inst.result());
    return Optional.empty();
  }

  @Override
  public Optional<Result> visit(Inst.Syscall inst) {
    long answer = host.syscall(inst.name(), frame().get(inst.arguments()), memory);
    Value result = inst.result();
    return result == null ? Optional.empty() : define(result, answer);
  }

  @Override
  public Optional<Result> visit(Terminator.Jump terminator) {
    return go(terminator.target());
  }

  @Override
  public Optional<Result> visit(Terminator.Branch terminator) {
    boolean holds = frame().get(terminator.condition()) != 0;
    return go(holds ? terminator.then() : terminator.otherwise());
  }

  @Override
  public Optional<Result> visit(Terminator.Switch terminator) {
    long value = frame().get(terminator.value());
    for (Terminator.Case each : terminator.cases()) {
      if (each.constant() == value) {
        return go(each.target());
      }
    }
    return go(terminator.otherwise());
  }

  private Optional<Result> go(Terminator.Target target) {
    frame().go(target);
    return Optional.empty();
  }

  @Override
  public Optional<Result> visit(Terminator.Return terminator) {
    Value value = terminator.value();
    long number = value == null ? 0 : frame().get(value);
    Frame left = frames.remove(frames.size() - 1);
    if (frames.isEmpty()) {
      return Optional.of(new Result.Returned(number));
    }
    return left.wanted == null ? Optional.empty() : define(left.wanted, number);
  }

  @Override
  public Optional<Result> visit(Terminator.Fail terminator) {
    return Optional.of(new Result.Failed(frame().get(terminator.code())));
  }

  @Override
  public Optional<Result> visit(Terminator.Unreachable terminator) {
    return Optional.of(new Result.Broken("reached: " + terminator));
  }
}
