package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.graph.Away;
import dev.ovsm.verifier.graph.Block.Exit;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.GraphBuilder;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Makes the graph of one function: each instruction costs one unit. */
final class FunctionLifter {
  private static final int UNKNOWN = -1;
  private static final int FRAME_POINTER = 10;

  private final Body body;
  private final Code code;
  private final FrameFlow flow;
  private final Variables variables;
  private final Definitions definitions;
  private final IntUnaryOperator indices;
  private final IntFunction<Place> places;
  private final Optional<Consumer<Snapshot>> watcher;
  private final GraphBuilder builder;
  private final Map<Long, Integer> defined = new HashMap<>();
  private final int[] values;
  private final int[] parameters = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN};
  private final Arithmetic arithmetic;
  private final boolean isFirst;
  private final List<Away> away = new ArrayList<>();
  private Place place;
  private int frame = UNKNOWN;

  /**
   * A lifter of a function.
   *
   * @param indices the subject's index of the function at a slot, or -1
   * @param isFirst whether only the machine enters it, with nothing in registers but r1, r2, r10
   * @param watcher who wants to see what is held before each instruction
   */
  FunctionLifter(
      String name,
      FrameFlow flow,
      Variables variables,
      Definitions definitions,
      IntUnaryOperator indices,
      IntFunction<Place> places,
      boolean isFirst,
      Optional<Consumer<Snapshot>> watcher) {
    this.isFirst = isFirst;
    this.body = variables.body();
    this.code = body.code();
    this.flow = flow;
    this.variables = variables;
    this.definitions = definitions;
    this.indices = indices;
    this.places = places;
    this.watcher = watcher;
    this.place = places.apply(body.start());
    this.builder = new GraphBuilder(name, definitions.arity(), place);
    this.values = new int[variables.count()];
    this.arithmetic = new Arithmetic(code.version(), builder);
  }

  Graph graph() {
    builder.block(place);
    Map<Long, Integer> phis = new HashMap<>();
    for (int block = 0; block < body.cfg().size(); block++) {
      builder.block(places.apply(body.first(block)));
      if (body.cfg().isReachable(block)) {
        for (int variable : definitions.phis(block)) {
          int phi = builder.phi(block + 1, places.apply(body.first(block)));
          phis.put(key(Definitions.phi(block), variable), phi);
        }
      }
    }
    defined.putAll(phis);
    begin();
    for (int block : body.cfg().order()) {
      enter(block);
      lift(block);
    }
    return builder.build();
  }

  /** What the graph rests on. */
  List<Away> away() {
    return away;
  }

  private void rest(int pc, int node) {
    int function = indices.applyAsInt(body.start());
    for (FrameFlow.Need need : flow.needs(pc)) {
      Extent bytes = need.bytes();
      away.add(new Away(function, node, need.input(), bytes.low(), bytes.high()));
    }
  }

  private static long key(int definition, int variable) {
    return ((long) variable << 32) | definition;
  }

  /** The block before the function's first hands it the arguments and the frame. */
  private void begin() {
    builder.enter(0);
    frame = add(new FrameLayout(code.version()).frame());
    var live = definitions.live(0);
    for (int v = live.nextSetBit(0); v >= 0; v = live.nextSetBit(v + 1)) {
      boolean argument = v >= 1 && v <= builder.parameters();
      values[v] =
          v >= State.REGISTERS
              ? load(variables.cell(v))
              : v == FRAME_POINTER ? frame : argument ? add(new Op.Parameter(v - 1)) : unset();
      if (argument) {
        parameters[v - 1] = values[v];
      }
      defined.put(key(Definitions.ENTRY, v), values[v]);
    }
    builder.jump(1, arguments(0, v -> defined(Definitions.ENTRY, v)));
  }

  /** What a register holds that nobody passes anything in. */
  private int unset() {
    return isFirst ? builder.constant(0) : add(new Op.Unknown());
  }

  private int defined(int definition, int variable) {
    Integer node = defined.get(key(definition, variable));
    if (node == null) {
      throw new IllegalStateException("a value of " + variable + " is not defined");
    }
    return node;
  }

  private void enter(int block) {
    builder.enter(block + 1);
    Arrays.fill(values, UNKNOWN);
    var live = definitions.live(block);
    for (int v = live.nextSetBit(0); v >= 0; v = live.nextSetBit(v + 1)) {
      values[v] = defined(definitions.entering(block, v), v);
    }
  }

  /** What the phis of a block get from a way into it. */
  private int[] arguments(int block, IntUnaryOperator value) {
    return definitions.phis(block).stream().mapToInt(v -> value.applyAsInt(v)).toArray();
  }

  private int value(int variable) {
    if (values[variable] == UNKNOWN) {
      values[variable] =
          variable < State.REGISTERS ? add(new Op.Unknown()) : load(variables.cell(variable));
    }
    return values[variable];
  }

  private int load(Variables.Cell cell) {
    return add(new Op.Load(cell.bytes(), false), address(cell));
  }

  private int address(Variables.Cell cell) {
    int base = cell.isInFrame() ? frame : parameters[cell.argument()];
    if (base == UNKNOWN) {
      base = add(new Op.Unknown());
    }
    return add(new Op.Arithmetic(Operator.ADD), base, builder.constant(cell.from()));
  }

  private int add(Op op, int... inputs) {
    return builder.add(op, place, inputs);
  }

  private void lift(int block) {
    int[] slots = body.slots(block);
    for (int pc : slots) {
      place = places.apply(pc);
      int index = indices.applyAsInt(body.start());
      watcher.ifPresent(w -> w.accept(Snapshot.of(index, pc, block + 1, values, variables)));
      Insn insn = code.at(pc);
      if (insn == null) {
        builder.charge(1);
        builder.end(Exit.NONE, -1);
        return;
      }
      builder.charge(1);
      boolean last = pc == slots[slots.length - 1];
      if (insn.op().family() == Family.EXIT) {
        add(new Op.Second(), value(1));
        for (int v : variables.left()) {
          Variables.Cell cell = variables.cell(v);
          add(new Op.Left(cell.argument(), cell.from(), cell.bytes()), value(v));
        }
        builder.end(Exit.RETURN, value(0));
        return;
      }
      if (last && insn.op().family().isConditional()) {
        keep(block);
        branch(block, insn);
        return;
      }
      step(pc, insn);
    }
    if (body.cfg().successors(block).length == 0) {
      builder.end(Exit.NONE, -1);
      return;
    }
    keep(block);
    int next = body.cfg().successors(block)[0];
    builder.jump(next + 1, arguments(next, this::value));
  }

  /** Notes the values that later blocks need from this one. */
  private void keep(int block) {
    for (int successor : body.cfg().successors(block)) {
      var live = definitions.live(successor);
      for (int v = live.nextSetBit(0); v >= 0; v = live.nextSetBit(v + 1)) {
        defined.put(key(Definitions.in(block), v), value(v));
      }
    }
  }

  private void branch(int block, Insn insn) {
    int left = value(insn.dst());
    int right = insn.op().usesRegister() ? value(insn.src()) : builder.constant(insn.imm());
    Arithmetic.Test test = arithmetic.test(insn.op(), left, right, place);
    builder.branch(add(new Op.Compare(test.relation()), test.left(), test.right()));
    int[] ways = body.cfg().successors(block);
    Fact holds = new Fact(test.relation(), test.left(), test.right());
    Fact fails = new Fact(test.relation().negated(), test.left(), test.right());
    builder.edge(ways[0] + 1, List.of(holds), arguments(ways[0], this::value));
    builder.edge(ways[1] + 1, List.of(fails), arguments(ways[1], this::value));
  }

  private void step(int pc, Insn insn) {
    int dst = insn.dst();
    switch (insn.op().family()) {
      case ALU32, ALU64, NEG, ENDIAN -> {
        int operand = insn.op().usesRegister() ? value(insn.src()) : builder.constant(insn.imm());
        boolean move = insn.op().operation() == Operation.MOV;
        values[dst] = arithmetic.result(insn, move ? operand : value(dst), operand, place);
      }
      case LDDW -> values[dst] = builder.constant(insn.imm());
      case LOAD -> {
        int cell = variables.accessed(pc, insn);
        boolean own = cell >= 0 && variables.cell(cell).argument() == Variables.Cell.FRAME;
        // What lies behind an argument may be known, and still not be there to be read.
        int loaded =
            own ? -1 : add(new Op.Load(insn.op().bytes(), false), offset(insn.src(), insn.off()));
        values[dst] = cell >= 0 ? value(cell) : loaded;
      }
      case STORE_IMM -> store(pc, insn, builder.constant(insn.imm()));
      case STORE_REG -> store(pc, insn, value(insn.src()));
      case CALL, CALLX -> call(pc, insn);
      case JUMP, JUMP64, JUMP32, EXIT -> {}
    }
  }

  private int offset(int register, int distance) {
    int base = value(register);
    return distance == 0
        ? base
        : add(new Op.Arithmetic(Operator.ADD), base, builder.constant(distance));
  }

  private void store(int pc, Insn insn, int value) {
    int bytes = insn.op().bytes();
    rest(pc, add(new Op.Store(bytes), offset(insn.dst(), insn.off()), value));
    variables.written(pc, v -> values[v] = UNKNOWN);
    int cell = variables.accessed(pc, insn);
    if (cell >= 0) {
      Variables.Cell stored = variables.cell(cell);
      variables.written(pc, v -> values[v] = part(variables.cell(v), stored, value));
    }
  }

  /** What a place holds after a store over it, or nothing known if the store leaves some of it. */
  private int part(Variables.Cell cell, Variables.Cell stored, int value) {
    boolean same = cell.argument() == stored.argument();
    if (!same || cell.from() < stored.from() || cell.to() > stored.to()) {
      return UNKNOWN;
    }
    int moved = value;
    if (cell.from() > stored.from()) {
      int bits = builder.constant(8 * (cell.from() - stored.from()));
      moved = add(new Op.Arithmetic(Operator.SHR), value, bits);
    }
    return cell.bytes() == Long.BYTES ? moved : add(new Op.Extend(8 * cell.bytes(), false), moved);
  }

  private void call(int pc, Insn insn) {
    boolean indirect = insn.op().family() == Family.CALLX;
    OptionalInt start = flow.callee(pc);
    int callee = start.isPresent() ? indices.applyAsInt(start.getAsInt()) : -1;
    int count = variables.passed(pc, insn);
    boolean opaque = callee < 0 && variables.callsFunction(pc, insn);
    List<AccountInfos.Pointer> handed = flow.handed(pc);
    int[] inputs = new int[count + (opaque ? 1 : 0) + handed.size()];
    for (int i = 0; i < count; i++) {
      inputs[i + (opaque ? 1 : 0)] = value(i + 1);
    }
    for (int i = 0; i < handed.size(); i++) {
      int cell = variables.number(handed.get(i).cell());
      inputs[count + i] = cell >= 0 ? value(cell) : add(new Op.Unknown());
    }
    int node;
    if (opaque) {
      inputs[0] = indirect ? value(code.callxRegister(insn)) : builder.constant(insn.imm());
      node = add(new Op.CallIndirect(Op.CallIndirect.Callee.ADDRESS), inputs);
    } else if (callee >= 0) {
      node = add(new Op.Call(callee), inputs);
    } else {
      node = add(new Op.Syscall((int) insn.imm()), inputs);
    }
    rest(pc, node);
    variables.written(pc, v -> values[v] = UNKNOWN);
    if (variables.callsFunction(pc, insn)) {
      Arrays.fill(values, 1, 6, UNKNOWN);
      values[1] = callee >= 0 ? add(new Op.SecondOf(), node) : UNKNOWN;
    }
    values[0] = node;
    if (callee >= 0) {
      variables.leftBy(pc, (cell, left) -> leave(cell, add(new Op.LeftOf(left), node)));
    }
  }

  /** Notes that a callee left something in a place. */
  private void leave(Variables.Cell cell, int left) {
    int variable = variables.number(cell);
    if (variable >= 0) {
      values[variable] = add(new Op.Load(cell.bytes(), false), address(cell), left);
    }
  }
}
