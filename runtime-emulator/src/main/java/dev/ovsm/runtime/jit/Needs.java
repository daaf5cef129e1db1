package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import java.util.List;

/**
 * What the blocks of a method need in local variables.
 *
 * @param registers every register that they touch, hand on or receive
 * @param framePointer whether r10 is among them although only calls move it
 */
record Needs(int registers, boolean framePointer, boolean loads, boolean stores, boolean frame) {

  static Needs of(Compilation compilation, Function function, List<Block> blocks) {
    Flow flow = compilation.flow();
    Liveness liveness = compilation.liveness();
    int registers = 0;
    boolean framePointer = false;
    boolean loads = false;
    boolean stores = false;
    boolean frame = false;
    for (Block block : blocks) {
      registers |= liveness.liveIn(function, block) | liveness.liveOut(function, block);
      registers |= atExit(compilation, function, block);
      for (int pc = block.first(); pc < flow.end(block); pc += flow.insn(pc).op().slots()) {
        Insn insn = flow.insn(pc);
        if (compilation.isInFrame(insn)) {
          frame = true;
          registers |= insn.op().family() == Family.LOAD ? 1 << insn.dst() : 0;
          registers |= insn.op().family() == Family.STORE_REG ? 1 << insn.src() : 0;
          continue;
        }
        registers |= Registers.reads(flow.executable(), insn, pc);
        registers |= Registers.writes(flow.executable(), insn, pc);
        loads |= insn.op().family() == Family.LOAD;
        stores |= insn.op().family().stores();
      }
    }
    if (compilation.automaticFrames()) {
      framePointer = Registers.contains(registers, 10);
      registers &= ~Registers.FRAME;
    }
    return new Needs(registers, framePointer, loads, stores, frame);
  }

  private static int atExit(Compilation compilation, Function function, Block block) {
    return switch (block.exit()) {
      case CALL -> {
        Function callee = compilation.callee(block);
        yield callee == null ? compilation.all() : compilation.liveness().needed(callee);
      }
      case CALLX -> compilation.all();
      case RETURN -> compilation.liveness().left(function);
      case FALL, JUMP, BRANCH, SYSCALL, UNSUPPORTED, INVALID, OVERRUN -> 0;
    };
  }
}
