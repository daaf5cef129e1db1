package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * What a function's values are kept in: its registers, then the places at fixed distances from its
 * frame pointer or its arguments that it loads from or stores to.
 *
 * <p>Two places may overlap; a store to one then changes the other too.
 */
final class Variables {
  /** With more variables times blocks than this, only registers are followed. */
  private static final long MOST = 500_000;

  private static final int MOST_CELLS = 512;
  private static final int FRAME_POINTER = 10;

  private final Body body;
  private final Code code;
  private final FrameFlow flow;
  private final Map<Integer, Summary> callees;
  private final Trust trust;
  private final Map<Cell, Integer> numbers = new HashMap<>();
  private final List<Cell> cells = new ArrayList<>();
  private final List<Integer> left = new ArrayList<>();

  /**
   * A place in memory.
   *
   * @param argument the argument from which it is counted, or -1 for the frame pointer
   */
  record Cell(int argument, long from, int bytes) {
    static final int FRAME = -1;

    /** The bytes at an address, which is one place. */
    static Cell at(Locus address, int bytes) {
      return new Cell(address.isFrame() ? FRAME : address.index(), address.value(), bytes);
    }

    boolean isInFrame() {
      return argument == FRAME;
    }

    long to() {
      return from + bytes;
    }
  }

  /**
   * The variables of a function.
   *
   * @param callees what is known of functions, by slot; whoever is missing may take five arguments
   * @param trust where the function's arguments lie
   */
  Variables(Body body, FrameFlow flow, Map<Integer, Summary> callees, Trust trust) {
    this.body = body;
    this.code = body.code();
    this.flow = flow;
    this.callees = callees;
    this.trust = trust;
    if (new FrameLayout(code.version()).isFixed()) {
      collect(true);
      collect(false);
    }
  }

  /** Numbers the places of the frame, or those counted from arguments. */
  private void collect(boolean inFrame) {
    FrameLayout layout = new FrameLayout(code.version());
    for (int block : body.cfg().order()) {
      for (int pc : body.slots(block)) {
        Insn insn = code.at(pc);
        Locus address = flow.address(pc);
        if (insn != null && insn.op().bytes() > 0 && address.isPlace()) {
          Cell cell = Cell.at(address, insn.op().bytes());
          boolean fits = !inFrame || layout.holds(cell.from, cell.to());
          if (cell.isInFrame() == inFrame && fits) {
            number(cell, insn.op().family() != Family.LOAD);
          }
        }
        if (insn != null && inFrame) {
          leftBy(
              pc,
              (cell, l) -> {
                if (cell.isInFrame() && layout.holds(cell.from, cell.to())) {
                  number(cell, false);
                }
              });
        }
      }
    }
  }

  private void number(Cell cell, boolean stored) {
    boolean room =
        cells.size() < MOST_CELLS
            && (cells.size() + State.REGISTERS + 1L) * body.cfg().size() < MOST;
    if (room && !numbers.containsKey(cell)) {
      numbers.put(cell, State.REGISTERS + cells.size());
      cells.add(cell);
    }
    int variable = numbers.getOrDefault(cell, -1);
    if (stored && !cell.isInFrame() && variable >= 0 && !left.contains(variable)) {
      left.add(variable);
    }
  }

  /** The places counted from arguments that the function stores to: its caller may look there. */
  List<Integer> left() {
    return left;
  }

  /** The places, as this function sees them, that a callee is known to leave something in. */
  void leftBy(int pc, BiConsumer<Cell, Op.Left> use) {
    OptionalInt callee = flow.callee(pc);
    Summary summary = callee.isPresent() ? callees.get(callee.getAsInt()) : null;
    if (summary != null) {
      for (Op.Left one : summary.left()) {
        Locus base = flow.passed(pc).get(one.argument()).plus(one.from());
        if (base.isPlace()) {
          use.accept(Cell.at(base, one.bytes()), one);
        }
      }
    }
  }

  /** The bytes around the places that are counted from an argument. */
  Extent around(int argument) {
    return cells.stream()
        .filter(cell -> cell.argument == argument)
        .map(cell -> new Extent(cell.from, cell.to()))
        .reduce(Extent.NOTHING, Extent::join);
  }

  int count() {
    return State.REGISTERS + cells.size();
  }

  /** The place that a variable stands for; it is no register. */
  Cell cell(int variable) {
    return cells.get(variable - State.REGISTERS);
  }

  /** The variable that a load or store goes to exactly, or -1. */
  int accessed(int pc, Insn insn) {
    return flow.address(pc).isPlace() ? number(Cell.at(flow.address(pc), insn.op().bytes())) : -1;
  }

  /** The variable that stands for a place, or -1. */
  int number(Cell cell) {
    return numbers.getOrDefault(cell, -1);
  }

  /** The places that an instruction may write to. */
  void written(int pc, IntConsumer variables) {
    Writes writes = flow.writes(pc);
    if (writes.equals(Writes.NOTHING)) {
      return;
    }
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      boolean reached =
          cell.isInFrame()
              ? writes.reach(trust, cell.from, cell.to())
              : writes.reach(trust, cell.argument, cell.from, cell.to());
      if (reached) {
        variables.accept(State.REGISTERS + i);
      }
    }
  }

  /** How many of r1, r2, … a call passes. */
  int passed(int pc, Insn call) {
    OptionalInt callee = flow.callee(pc);
    if (callee.isPresent()) {
      Summary summary = callees.get(callee.getAsInt());
      return summary == null ? 5 : summary.arity();
    }
    boolean direct = call.op().family() == Family.CALL;
    return direct ? Code.syscall(call).map(Syscall::arguments).map(List::size).orElse(5) : 5;
  }

  /** Whether a call is one of a function, which leaves r0 to r5 changed, and not of the runtime. */
  boolean callsFunction(int pc, Insn call) {
    return call.op().family() == Family.CALLX
        || flow.callee(pc).isPresent()
        || code.isAmbiguous(call);
  }

  /** The variables that an instruction reads. */
  void uses(int pc, Insn insn, IntConsumer use) {
    boolean register = insn.op().usesRegister();
    switch (insn.op().family()) {
      case ALU32, ALU64 -> {
        if (insn.op().operation() != Operation.MOV) {
          use.accept(insn.dst());
        }
        if (register) {
          use.accept(insn.src());
        }
      }
      case NEG, ENDIAN -> use.accept(insn.dst());
      case LOAD -> {
        int cell = accessed(pc, insn);
        use.accept(cell >= 0 ? cell : insn.src());
        if (cell >= 0 && !cell(cell).isInFrame()) {
          use.accept(insn.src());
        }
        // Where the place is not followed, it is read from memory.
        use.accept(FRAME_POINTER);
      }
      case STORE_IMM -> use.accept(insn.dst());
      case STORE_REG -> {
        use.accept(insn.dst());
        use.accept(insn.src());
      }
      case JUMP64, JUMP32 -> {
        use.accept(insn.dst());
        if (register) {
          use.accept(insn.src());
        }
      }
      case CALL, CALLX -> {
        for (int i = 1; i <= passed(pc, insn); i++) {
          use.accept(i);
        }
        for (AccountInfos.Pointer pointer : flow.handed(pc)) {
          if (number(pointer.cell()) >= 0) {
            use.accept(number(pointer.cell()));
          }
        }
        if (insn.op().family() == Family.CALLX) {
          use.accept(code.callxRegister(insn));
        }
      }
      case EXIT -> {
        use.accept(0);
        use.accept(1);
        left.forEach(use::accept);
      }
      case LDDW, JUMP -> {}
    }
  }

  /** The variables that an instruction changes. */
  void defines(int pc, Insn insn, IntConsumer define) {
    switch (insn.op().family()) {
      case ALU32, ALU64, NEG, ENDIAN, LDDW, LOAD -> define.accept(insn.dst());
      case STORE_IMM, STORE_REG -> written(pc, define);
      case CALL, CALLX -> {
        for (int i = 0; i <= (callsFunction(pc, insn) ? 5 : 0); i++) {
          define.accept(i);
        }
        written(pc, define);
      }
      case JUMP, JUMP64, JUMP32, EXIT -> {}
    }
  }

  Body body() {
    return body;
  }
}
