package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Version;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a program while it is compiled.
 *
 * @param fixedFrames whether r10 begins where it always does, so that an access relative to it is
 *     known to lie in the current frame
 */
record Compilation(Flow flow, Functions functions, Liveness liveness, boolean fixedFrames) {

  Version version() {
    return flow.program().version();
  }

  /** Whether calls move r10 and nothing else does. */
  boolean automaticFrames() {
    return !version().manualStackFrameBump();
  }

  /** The registers that must be in their fields when a function is called that is not known. */
  int all() {
    return automaticFrames() ? Registers.ALL & ~Registers.FRAME : Registers.ALL;
  }

  /** The function that a block calls at its end, or null if that is not compiled. */
  @Nullable Function callee(Block block) {
    return functions.beginningWith(flow.blocks().get(block.target()));
  }

  /** Whether a load or store is known to stay in the frame of its function. */
  boolean isInFrame(Insn insn) {
    int base = insn.op().family().stores() ? insn.dst() : insn.src();
    return insn.op().bytes() > 0
        && fixedFrames
        && automaticFrames()
        && base == 10
        && insn.off() >= -MemoryMap.FRAME_BYTES
        && insn.off() <= -insn.op().bytes();
  }
}
