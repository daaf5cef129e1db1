package dev.ovsm.verifier.certificate;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.certificate.Objection.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Goes once through a function and holds each claim against what the instructions do. */
final class FunctionChecker {
  private final Program program;
  private final @Nullable Insn[] code;
  private final Certificate.Function claim;
  private final IntFunction<Certificate.@Nullable Function> callees;
  private final Consumer<Objection> objections;
  private final Shape shape;
  private final Roots roots = new Roots();
  private final Map<Integer, State> states = new HashMap<>();
  private final LoopChecker loops;
  private final Map<Integer, Long> units = new TreeMap<>();
  private final Map<Integer, Long> events = new TreeMap<>();

  FunctionChecker(
      Program program,
      @Nullable Insn[] code,
      Certificate.Function claim,
      IntFunction<Certificate.@Nullable Function> callees,
      Consumer<Objection> objections) {
    this.program = program;
    this.code = code;
    this.claim = claim;
    this.callees = callees;
    this.objections = objections;
    this.shape = new Shape(code, claim.pc());
    this.loops = new LoopChecker(claim, roots, objections);
  }

  private void object(Kind kind, int pc) {
    objections.accept(Objection.of(kind, claim.pc(), pc));
  }

  /** Checks the function; how many instructions it has. */
  int check() {
    claim.arguments().keySet().stream()
        .filter(Location::isFrame)
        .forEach(location -> object(Kind.FALSE_ARGUMENT, -1));
    if (shape.isTooLarge()) {
      object(Kind.UNSUPPORTED, -1);
      return shape.order().size();
    }
    claim.loops().keySet().stream()
        .filter(pc -> !shape.loops().containsKey(pc))
        .forEach(pc -> object(Kind.FALSE_LOOP, pc));
    shape.loops().keySet().stream()
        .filter(shape::isTangled)
        .forEach(head -> object(Kind.TANGLED, head));
    State start = State.unknown(roots);
    claim.arguments().forEach((location, range) -> start.put(location, roots.in(range)));
    states.put(claim.pc(), start);
    for (int pc : shape.order()) {
      State state = states.remove(pc);
      if (state != null) {
        step(pc, shape.loops().containsKey(pc) ? loops.entered(pc, state) : state);
      }
    }
    add(units, claim.units(), Kind.TOO_FEW_UNITS);
    add(events, claim.events(), Kind.TOO_FEW_EVENTS);
    return shape.order().size();
  }

  private void add(Map<Integer, Long> weights, long claimed, Kind kind) {
    long most = claimed == Long.MAX_VALUE ? 0 : shape.heaviest(weights, claim.loops());
    if (most > claimed) {
      objections.accept(new Objection(kind, claim.pc(), -1, null, null, most));
    }
  }

  private void go(int from, int to, State state) {
    if (shape.isBack(from, to)) {
      loops.repeated(to, state);
    } else {
      State known = states.get(to);
      states.put(to, known == null ? state : State.join(known, state, roots));
    }
  }

  private void step(int pc, State state) {
    Insn insn = code[pc];
    if (insn == null) {
      object(Kind.NO_FUNCTION, pc);
      return;
    }
    units.put(pc, 1L);
    boolean falls = true;
    switch (insn.op().family()) {
      case ALU32, ALU64, NEG, ENDIAN -> compute(pc, insn, state);
      case LDDW -> state.set(insn.dst(), roots.in(Interval.of(insn.imm())));
      case LOAD -> load(insn, state);
      case STORE_IMM, STORE_REG -> store(pc, insn, state);
      case JUMP -> {
        go(pc, insn.target(pc), state);
        falls = false;
      }
      case JUMP64, JUMP32 -> {
        branch(pc, insn, state);
        falls = false;
      }
      case CALL -> falls = call(pc, insn, state);
      case CALLX -> falls = call(pc, callees.apply(slot(insn, state)), state);
      case EXIT -> {
        Map<Location, Interval> result = Map.of(new Location(false, 0), claim.result());
        Objection.of(Kind.FALSE_RESULT, claim.pc(), pc)
            .where(result, place -> state.get(place, roots).number(), objections);
        falls = false;
      }
    }
    if (falls && pc + insn.op().slots() < code.length) {
      go(pc, pc + insn.op().slots(), state);
    }
  }

  private Value operand(Insn insn, State state) {
    return insn.op().usesRegister()
        ? state.register(insn.src())
        : roots.in(Interval.of(insn.imm()));
  }

  private void compute(int pc, Insn insn, State state) {
    if (insn.dst() >= State.FRAME_POINTER) {
      object(Kind.UNSUPPORTED, pc);
      return;
    }
    Value left = state.register(insn.dst());
    Value right = operand(insn, state);
    state.set(insn.dst(), Arithmetic.result(program.version(), insn, left, right, roots));
  }

  private void branch(int pc, Insn insn, State state) {
    Value left = state.register(insn.dst());
    Value right = operand(insn, state);
    State taken = Comparison.after(state, insn, left, right, true);
    State not = Comparison.after(state, insn, left, right, false);
    if (not != null && pc + 1 < code.length) {
      go(pc, pc + 1, not);
    }
    if (taken != null) {
      go(pc, insn.target(pc), taken);
    }
  }

  private void load(Insn insn, State state) {
    Value address = state.register(insn.src());
    int bytes = insn.op().bytes();
    if (bytes < Long.BYTES) {
      state.set(insn.dst(), roots.in(new Interval(0, (1L << (bytes * Byte.SIZE)) - 1)));
    } else if (address.isFrame()) {
      state.set(insn.dst(), state.loaded(address.range().moved(insn.off()), roots));
    } else {
      state.set(insn.dst(), roots.any());
    }
  }

  private void store(int pc, Insn insn, State state) {
    Value value = operand(insn, state);
    Value address = state.register(insn.dst());
    Interval at = address.range().moved(insn.off());
    int bytes = insn.op().bytes();
    write(pc, address.isFrame(), at, bytes, state);
    if (address.isFrame()) {
      state.store(at, bytes, value);
    }
  }

  private void write(int pc, boolean isFrame, Interval at, long bytes, State state) {
    if (isFrame && State.isInside(at, bytes)) {
      state.forget(at, bytes);
    } else if (isFrame || bytes > MemoryMap.REGION || mayBeStack(at, bytes)) {
      anywhere(pc, state);
    }
  }

  private static boolean mayBeStack(Interval address, long bytes) {
    boolean below = address.isNatural() && address.high() <= MemoryMap.STACK - bytes;
    return !below && address.low() < MemoryMap.STACK + MemoryMap.REGION;
  }

  /** Something was written, perhaps to a frame: this one, or one of another function. */
  private void anywhere(int pc, State state) {
    state.forget(Interval.ALL, Long.MAX_VALUE);
    if (claim.isContained()) {
      object(Kind.NOT_CONTAINED, pc);
    }
  }

  /** Whether control comes back. */
  private boolean call(int pc, Insn insn, State state) {
    Optional<Syscall> syscall = Syscall.of((int) insn.imm());
    boolean isSyscall = program.version().staticSyscalls() ? insn.src() == 0 : syscall.isPresent();
    if (!isSyscall) {
      OptionalInt target =
          program.version().staticSyscalls()
              ? OptionalInt.of((int) (pc + 1 + insn.imm()))
              : program.function((int) insn.imm());
      return call(pc, callees.apply(target.orElse(-1)), state);
    }
    if (syscall.isEmpty()) {
      object(Kind.UNSUPPORTED, pc);
      return false;
    }
    machine(pc, syscall.get(), state);
    returned(Interval.ALL, state);
    return !syscall.get().effects().contains(Effect.NO_RETURN);
  }

  /** The slot that a register's address leads to, or -1 if it may lead elsewhere. */
  private int slot(Insn insn, State state) {
    long register = program.version().callxUsesDstReg() ? insn.dst() : insn.imm();
    boolean plain = register >= 0 && register < State.FRAME_POINTER;
    Interval address = plain ? state.register((int) register).number() : Interval.ALL;
    long slot = Math.floorDiv(address.low() - program.textAddress(), Slot.BYTES);
    boolean exact = address.isConstant() && slot >= 0 && slot < code.length;
    return exact ? (int) slot : -1;
  }

  private boolean call(int pc, Certificate.@Nullable Function callee, State state) {
    if (callee == null) {
      object(Kind.UNKNOWN_CALLEE, pc);
      return false;
    }
    Objection.of(Kind.FALSE_ARGUMENT, callee.pc(), pc)
        .where(callee.arguments(), place -> state.get(place, roots).number(), objections);
    units.put(pc, Shape.sum(1, callee.units()));
    events.put(pc, callee.events());
    if (!callee.isContained()) {
      anywhere(pc, state);
    }
    returned(callee.result(), state);
    return true;
  }

  private void returned(Interval result, State state) {
    for (int register = 1; register <= 5; register++) {
      state.set(register, roots.any());
    }
    state.set(0, roots.in(result));
  }

  private void machine(int pc, Syscall syscall, State state) {
    long[] largest = new long[5];
    for (int i = 0; i < largest.length; i++) {
      Value value = state.register(i + 1);
      boolean known = !value.isFrame() && value.range().isNatural();
      largest[i] = known ? value.range().high() : -1;
    }
    boolean invokes = syscall.effects().contains(Effect.INVOKES);
    units.put(pc, invokes ? 1 : Shape.sum(1, syscall.cost().atMost(largest)));
    events.put(pc, syscall.effects().contains(Effect.EMITS) ? 1L : 0L);
    List<Argument> arguments = syscall.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).kind().writes()) {
        Argument.Extent extent = arguments.get(i).extent();
        long bytes = extent == null ? Long.MAX_VALUE : extent.bytes(largest).orElse(Long.MAX_VALUE);
        Value address = state.register(i + 1);
        write(pc, address.isFrame(), address.range(), bytes, state);
      }
    }
  }
}
