package dev.ovsm.verifier.certify;

import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.Location;
import dev.ovsm.verifier.certificate.Objection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A certificate in the making: first ranges, then counters, then figures.
 *
 * <p>Every mending claims less than before, so that it ends.
 */
final class Draft {
  private static final int FRAME = 4096;

  /** What is being found. */
  private enum Stage {
    RANGES,
    COUNTERS,
    FIGURES
  }

  private final Program program;
  private final @Nullable Insn[] code;
  private final Map<Integer, FunctionDraft> functions = new TreeMap<>();
  private final List<Integer> order = new ArrayList<>();
  private Stage stage = Stage.RANGES;

  Draft(Program program) {
    this.program = program;
    this.code = Decoder.decode(program.version(), program.text());
    Widening widening = new Widening(code);
    order(program.entryPc());
    for (int pc : order) {
      functions.put(pc, new FunctionDraft(pc, locations(pc), steps(), widening));
    }
    FunctionDraft entry = functions.get(program.entryPc());
    if (entry != null) {
      entry.start(MemoryMap.INPUT);
    }
  }

  /** Lists functions, callees first; whoever calls itself is listed once. */
  private void order(int entry) {
    Set<Integer> open = new LinkedHashSet<>();
    List<int[]> stack = new ArrayList<>();
    stack.add(new int[] {entry, 0});
    while (!stack.isEmpty()) {
      int pc = stack.get(stack.size() - 1)[0];
      List<Integer> callees = open.add(pc) ? callees(pc) : List.of();
      callees.stream()
          .filter(one -> !open.contains(one))
          .forEach(one -> stack.add(new int[] {one}));
      if (stack.get(stack.size() - 1)[0] == pc) {
        stack.remove(stack.size() - 1);
        if (!order.contains(pc)) {
          order.add(pc);
        }
      }
    }
  }

  /** The functions that the function at a slot calls, or may call by an address. */
  private List<Integer> callees(int function) {
    List<Integer> found = new ArrayList<>();
    reached(function)
        .forEach(
            (pc, insn) -> {
              if (insn.op().family() == Family.CALL) {
                callee(pc, insn).ifPresent(found::add);
              } else if (insn.op().family() == Family.CALLX) {
                found.addAll(addressed());
              }
            });
    return found;
  }

  /** The slots whose addresses the code has as constants. */
  private Set<Integer> addressed() {
    Set<Integer> slots = new TreeSet<>();
    for (Insn insn : code) {
      if (insn != null && insn.op().family() == Family.LDDW) {
        long slot = Math.floorDiv(insn.imm() - program.textAddress(), Slot.BYTES);
        if (slot >= 0 && slot < code.length && code[(int) slot] != null) {
          slots.add((int) slot);
        }
      }
    }
    return slots;
  }

  /** The instructions of the function at a slot. */
  private Map<Integer, Insn> reached(int function) {
    Map<Integer, Insn> seen = new TreeMap<>();
    List<Integer> open = new ArrayList<>(List.of(function));
    while (!open.isEmpty()) {
      int pc = open.remove(open.size() - 1);
      Insn insn = pc >= 0 && pc < code.length ? code[pc] : null;
      if (insn == null || seen.put(pc, insn) != null) {
        continue;
      }
      if (insn.op().family().jumps()) {
        open.add(insn.target(pc));
      }
      if (insn.op().family() != Family.EXIT && insn.op().family() != Family.JUMP) {
        open.add(pc + insn.op().slots());
      }
    }
    return seen;
  }

  private OptionalInt callee(int pc, Insn insn) {
    if (program.version().staticSyscalls()) {
      return insn.src() == 1 ? OptionalInt.of((int) (pc + 1 + insn.imm())) : OptionalInt.empty();
    }
    return Syscall.of((int) insn.imm()).isPresent()
        ? OptionalInt.empty()
        : program.function((int) insn.imm());
  }

  /** Every register, and what a function reaches of its frame by a fixed offset. */
  private Set<Location> locations(int function) {
    Set<Location> all = new TreeSet<>();
    for (int register = 0; register < 10; register++) {
      all.add(new Location(false, register));
    }
    for (Insn insn : reached(function).values()) {
      boolean store = insn.op().family().stores() && insn.dst() == 10;
      boolean load = insn.op().family() == Family.LOAD && insn.src() == 10;
      boolean whole = insn.off() < 0 && insn.off() >= -FRAME && insn.off() % 8 == 0;
      if ((store || load) && whole) {
        all.add(new Location(true, insn.off()));
      }
    }
    return all;
  }

  /** By how much counters may move, large steps first. */
  private List<Long> steps() {
    Set<Long> sizes = new TreeSet<>(Comparator.reverseOrder());
    sizes.add(1L);
    for (Insn insn : code) {
      boolean moves =
          insn != null
              && insn.op().family() == Family.ALU64
              && !insn.op().usesRegister()
              && (insn.op().operation() == Operation.ADD || insn.op().operation() == Operation.SUB);
      if (insn != null && moves && insn.imm() != 0 && Math.abs(insn.imm()) <= 64) {
        sizes.add(Math.abs(insn.imm()));
      }
    }
    List<Long> steps = new ArrayList<>();
    for (long size : sizes) {
      steps.add(size);
      steps.add(-size);
    }
    // What is halved instead.
    steps.add(0L);
    return steps;
  }

  Certificate certificate(String hash) {
    List<Certificate.Function> claims = new ArrayList<>();
    boolean withFigures = stage == Stage.FIGURES;
    order.forEach(pc -> claims.add(function(pc).claim(withFigures)));
    return new Certificate(hash, claims);
  }

  private FunctionDraft function(int pc) {
    FunctionDraft draft = functions.get(pc);
    if (draft == null) {
      throw new IllegalArgumentException("no function at " + pc);
    }
    return draft;
  }

  /** Claims less, so that an objection falls away; whether that was possible. */
  boolean mend(Objection objection) {
    FunctionDraft function = functions.get(objection.function());
    if (function == null) {
      return false;
    }
    return switch (objection.kind()) {
      case NO_LOOP,
          NOT_THERE,
          NOT_KEPT,
          NOT_INDUCTIVE,
          FALSE_ARGUMENT,
          FALSE_RESULT,
          NOT_CONTAINED ->
          function.mendRange(objection);
      case NOT_COUNTING -> stage != Stage.RANGES && function.nextCounter(objection.pc());
      case TOO_FEW_ROUNDS, TOO_FEW_UNITS, TOO_FEW_EVENTS ->
          stage == Stage.FIGURES && function.mendFigure(objection);
      default -> false;
    };
  }

  /** Goes on to what is to be found next; whether there is something. */
  boolean proceed() {
    switch (stage) {
      case RANGES -> stage = Stage.COUNTERS;
      case COUNTERS -> stage = Stage.FIGURES;
      case FIGURES -> {
        return false;
      }
    }
    return true;
  }
}
