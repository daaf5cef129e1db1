package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * What a function's values are kept in: its registers, then the places of its frame that it loads
 * from or stores to at fixed distances.
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
  private final Map<Integer, Integer> arities;
  private final Map<Cell, Integer> numbers = new HashMap<>();
  private final List<Cell> cells = new ArrayList<>();

  /** A place in the frame, counted from the frame pointer. */
  record Cell(long from, int bytes) {
    long to() {
      return from + bytes;
    }
  }

  /**
   * The variables of a function.
   *
   * @param arities how many arguments functions take, by slot; whoever is missing may take five
   */
  Variables(Body body, FrameFlow flow, Map<Integer, Integer> arities) {
    this.body = body;
    this.code = body.code();
    this.flow = flow;
    this.arities = arities;
    FrameLayout layout = new FrameLayout(code.version());
    if (!layout.isFixed()) {
      return;
    }
    for (int block : body.cfg().order()) {
      for (int pc : body.slots(block)) {
        Insn insn = code.at(pc);
        if (insn != null && insn.op().bytes() > 0 && flow.address(pc).isFrame()) {
          Cell cell = new Cell(flow.address(pc).value(), insn.op().bytes());
          boolean room =
              cells.size() < MOST_CELLS
                  && (cells.size() + State.REGISTERS + 1L) * body.cfg().size() < MOST;
          if (layout.holds(cell.from, cell.to()) && room && !numbers.containsKey(cell)) {
            numbers.put(cell, State.REGISTERS + cells.size());
            cells.add(cell);
          }
        }
      }
    }
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
    return flow.address(pc).isFrame()
        ? numbers.getOrDefault(new Cell(flow.address(pc).value(), insn.op().bytes()), -1)
        : -1;
  }

  /** The places that an instruction may write to. */
  void written(int pc, IntConsumer variables) {
    Writes writes = flow.writes(pc);
    if (writes.equals(Writes.NOTHING)) {
      return;
    }
    for (int i = 0; i < cells.size(); i++) {
      if (writes.reach(cells.get(i).from, cells.get(i).to())) {
        variables.accept(State.REGISTERS + i);
      }
    }
  }

  /** How many of r1, r2, … a call passes. */
  int passed(int pc, Insn call) {
    OptionalInt callee = flow.callee(pc);
    if (callee.isPresent()) {
      return arities.getOrDefault(callee.getAsInt(), 5);
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
        if (insn.op().family() == Family.CALLX) {
          use.accept(code.callxRegister(insn));
        }
      }
      case EXIT -> {
        use.accept(0);
        use.accept(1);
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
