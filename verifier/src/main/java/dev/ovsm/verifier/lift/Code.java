package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Availability;
import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The instructions of a program, and where its calls lead. */
final class Code {
  private final Program program;
  private final @Nullable Insn[] insns;

  Code(Program program) {
    this.program = program;
    this.insns = Decoder.decode(program.version(), program.text());
  }

  Version version() {
    return program.version();
  }

  int slots() {
    return insns.length;
  }

  int entry() {
    return program.entryPc();
  }

  /** The instruction at a slot, or null if there is none or it faults. */
  @Nullable Insn at(int pc) {
    return pc >= 0 && pc < insns.length ? insns[pc] : null;
  }

  /** Where the function lies that a call goes to, empty if it is no call of a known function. */
  OptionalInt callee(int pc) {
    Insn insn = at(pc);
    if (insn == null || insn.op().family() != Family.CALL || isSyscall(insn)) {
      return OptionalInt.empty();
    }
    if (!version().staticSyscalls()) {
      return program.function((int) insn.imm());
    }
    long target = pc + 1L + insn.imm();
    boolean inside = insn.src() == 1 && target >= 0 && target < slots();
    return inside ? OptionalInt.of((int) target) : OptionalInt.empty();
  }

  private boolean isSyscall(Insn insn) {
    return version().staticSyscalls() ? insn.src() == 0 : syscall(insn).isPresent();
  }

  /** The syscall that a call names, empty if the syscall table does not have it. */
  static Optional<Syscall> syscall(Insn call) {
    return Syscall.of((int) call.imm());
  }

  /** Whether only some machines have the syscall; others would look for a function instead. */
  boolean isAmbiguous(Insn call) {
    boolean gated = syscall(call).filter(s -> s.availability() != Availability.SOLANA).isPresent();
    return gated && !version().staticSyscalls() && program.function((int) call.imm()).isPresent();
  }

  /** The slot that an address of code leads to, empty if it is none of this program's. */
  OptionalInt slotAt(long address) {
    long slot = (address - program.textAddress()) >>> Long.numberOfTrailingZeros(Slot.BYTES);
    return slot >= 0 && slot < slots() ? OptionalInt.of((int) slot) : OptionalInt.empty();
  }

  /** The register that holds the address to which an indirect call goes. */
  int callxRegister(Insn callx) {
    if (version().callxUsesSrcReg()) {
      return callx.src();
    }
    return version().callxUsesDstReg() ? callx.dst() : (int) callx.imm() & 15;
  }
}
