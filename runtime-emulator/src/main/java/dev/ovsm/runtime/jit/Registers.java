package dev.ovsm.runtime.jit;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Operation;

/** Sets of registers as bit masks, and which ones an instruction reads and writes. */
final class Registers {
  static final int COUNT = 11;

  /** r0..r5: what a call leaves to its caller as the callee had it. */
  static final int RESULTS = 0b000_0011_1111;

  /** r1..r5. */
  static final int ARGUMENTS = 0b000_0011_1110;

  /** r0..r10. */
  static final int ALL = 0b111_1111_1111;

  /** r10. */
  static final int FRAME = 0b100_0000_0000;

  private Registers() {}

  static boolean contains(int set, int register) {
    return (set >> register & 1) != 0;
  }

  /** The registers that an instruction reads itself; what a callee reads is not among them. */
  static int reads(Executable executable, Insn insn, int pc) {
    int dst = 1 << insn.dst();
    int src = insn.op().usesRegister() ? 1 << insn.src() : 0;
    return switch (insn.op().family()) {
      case ALU32, ALU64 -> insn.op().operation() == Operation.MOV ? src : dst | src;
      case NEG, ENDIAN, STORE_IMM -> dst;
      case JUMP64, JUMP32, STORE_REG -> dst | src;
      case LOAD -> src;
      case CALL -> executable.syscallAt(pc) != null ? ARGUMENTS : 0;
      case CALLX -> 1 << executable.calledRegisterAt(pc);
      case LDDW, JUMP, EXIT -> 0;
    };
  }

  /** The registers that an instruction writes itself; what a callee leaves is not among them. */
  static int writes(Executable executable, Insn insn, int pc) {
    return switch (insn.op().family()) {
      case ALU32, ALU64, NEG, ENDIAN, LDDW, LOAD -> 1 << insn.dst();
      case CALL -> executable.syscallAt(pc) != null ? 1 : 0;
      case STORE_IMM, STORE_REG, JUMP, JUMP64, JUMP32, CALLX, EXIT -> 0;
    };
  }
}
