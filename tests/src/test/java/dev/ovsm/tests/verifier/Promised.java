package dev.ovsm.tests.verifier;

import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier.Examined;
import dev.ovsm.verifier.analysis.Access;
import dev.ovsm.verifier.analysis.Access.Grade;
import dev.ovsm.verifier.analysis.Examination.Touched;
import dev.ovsm.verifier.analysis.Examination.Use;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Executes a program and holds it to what the verifier says of its memory and of its calls. */
final class Promised implements Engine {
  private final Program program;
  private final @Nullable Insn[] insns;
  private final Map<Property, Verdict> verdicts = new EnumMap<>(Property.class);
  private final Use use;

  /** The instructions whose accesses nothing is promised of. */
  private final Set<Integer> doubtful = new HashSet<>();

  private final boolean allWithin;
  private String violation = "";
  private long accesses;
  private long calls;
  private long registered;

  Promised(Program program, Examined examined) {
    this.program = program;
    this.insns = Decoder.decode(program.version(), program.text());
    examined
        .findings()
        .forEach(finding -> verdicts.merge(finding.property(), finding.verdict(), Verdict::worse));
    this.use = examined.examination().use(examined.entry());
    Touched touched = examined.examination().touched(examined.entry());
    for (Grade grade : Grade.values()) {
      for (Access access : touched.of(grade)) {
        if (grade != Grade.WITHIN) {
          doubtful.add(access.place().pc());
        }
      }
    }
    this.allWithin = doubtful.isEmpty();
  }

  /** Whether nothing is said against a property; what is left to the machine is told apart. */
  boolean isSafe(Property property) {
    Verdict verdict = verdicts.getOrDefault(property, Verdict.SAFE);
    return verdict == Verdict.SAFE || (verdict == Verdict.GUARDED && property == Property.MEMORY);
  }

  /** What contradicts the verifier; empty if nothing does. */
  String violation() {
    return violation;
  }

  /** How many accesses were held to a promise. */
  long accesses() {
    return accesses;
  }

  /** How many calls that begin or end something were. */
  long calls() {
    return calls;
  }

  /** How many registrations were made that were promised to be. */
  long registered() {
    return registered;
  }

  @Override
  public Outcome execute(Vm vm) {
    Watch watch = new Watch(vm);
    vm.observe(watch::before);
    Outcome outcome = new Interpreter().execute(vm);
    watch.ended(outcome);
    return outcome;
  }

  private void violated(String text) {
    if (violation.isEmpty()) {
      violation = text;
    }
  }

  /** One execution. */
  private final class Watch {
    private final Vm vm;
    private final Lives lives;
    private final Deque<Long> frames = new ArrayDeque<>();
    private boolean enters = true;
    private boolean leaves;

    Watch(Vm vm) {
      this.vm = vm;
      this.lives = new Lives(Promised.this::isSafe, Promised.this::violated);
    }

    void before(long[] registers, int pc) {
      Insn insn = pc < insns.length ? insns[pc] : null;
      if (leaves) {
        frames.pop();
      }
      if (enters) {
        frames.push(registers[10]);
        if (frames.size() > use.frames() && isSafe(Property.STACK)) {
          violated(frames.size() + " frames before " + pc + ", not " + use.frames());
        }
      }
      lives.returned(registers[0]);
      Syscall syscall = insn == null ? null : syscall(insn);
      boolean called = insn != null && insn.op().family() == Family.CALL;
      enters = called && syscall == null;
      leaves = insn != null && insn.op().family() == Family.EXIT;
      if (syscall != null) {
        lives.calling(syscall, registers, pc);
      }
      if (insn != null) {
        access(insn, registers, pc);
      }
    }

    private void access(Insn insn, long[] registers, int pc) {
      boolean loads = insn.op().family() == Family.LOAD;
      if (!loads && !insn.op().family().stores()) {
        return;
      }
      long address = registers[loads ? insn.src() : insn.dst()] + insn.off();
      if (doubtful.contains(pc)) {
        return;
      }
      accesses++;
      boolean stack = address >>> 32 == MemoryMap.STACK >>> 32;
      if (stack && !program.version().manualStackFrameBump()) {
        inFrame(address, pc);
      }
    }

    private void inFrame(long address, int pc) {
      for (long frame : frames) {
        if (address < frame && address >= frame - MemoryMap.FRAME_BYTES) {
          if (allWithin && frame - address > use.frameBytes()) {
            violated(pc + " uses " + (frame - address) + " bytes, not " + use.frameBytes());
          }
          return;
        }
      }
      violated(pc + " accesses " + Long.toHexString(address) + ", in no frame");
    }

    void ended(Outcome outcome) {
      Fault fault = outcome.fault();
      if (fault != null) {
        faulted(fault);
      } else if (outcome.r0() == 0) {
        lives.ended();
      }
      if (use.heapBytes() >= 0 && vm.heapTop() > use.heapBytes()) {
        violated(vm.heapTop() + " bytes of heap, not " + use.heapBytes());
      }
      calls += lives.calls();
      registered += lives.registered();
    }

    private void faulted(Fault fault) {
      int pc = (int) fault.pc();
      switch (fault.kind()) {
        case CALL_DEPTH_EXCEEDED -> {
          if (isSafe(Property.STACK)) {
            violated("calls nest too deeply at " + pc);
          }
        }
        case ACCESS_VIOLATION, STACK_ACCESS_VIOLATION -> {
          if (!doubtful.contains(pc) && isSafe(Property.PROTOCOL)) {
            violated(pc + ": " + fault.text());
          }
        }
        default -> {}
      }
    }
  }

  private @Nullable Syscall syscall(Insn insn) {
    boolean call = insn.op().family() == Family.CALL;
    boolean own = program.version().staticSyscalls() && insn.src() != 0;
    return call && !own ? Syscall.of((int) insn.imm()).orElse(null) : null;
  }
}
