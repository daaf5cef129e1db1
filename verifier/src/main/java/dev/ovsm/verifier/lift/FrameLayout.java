package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.graph.Op;

/** Which bytes around the frame pointer belong to a function's frame. */
record FrameLayout(Version version) {
  /**
   * Whether words of the frame can be followed: its place does not depend on what the function adds
   * to the frame pointer.
   */
  boolean isFixed() {
    return !version.manualStackFrameBump();
  }

  /** The frame as an object: the frame pointer is its end, or somewhere in it if it moves. */
  Op frame() {
    return isFixed()
        ? new Op.Address(Op.Memory.FRAME, 0, -MemoryMap.FRAME_BYTES, 0)
        : new Op.Address(Op.Memory.FRAME, 0, -Extent.FAR, Extent.FAR);
  }

  /** Whether bytes, counted from the frame pointer at the beginning, lie in the own frame. */
  boolean holds(long from, long to) {
    return from >= -MemoryMap.FRAME_BYTES && to <= 0;
  }

  /** Whether no caller can see these bytes: they are of this frame, or of those of callees. */
  boolean isOwn(Extent bytes) {
    return bytes.isEmpty()
        || (isFixed() ? bytes.low() >= -MemoryMap.FRAME_BYTES : bytes.high() <= 0);
  }
}
