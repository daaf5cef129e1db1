package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;

/** The callers' frames: what a call saves and a return restores. */
final class Frames {
  /** r6..r9 and r10 of each frame. */
  private static final int SAVED = 5;

  private final int base;
  private final int stride;
  private final int slots;
  private final long textAddress;
  private final long[] saved;
  private final int[] returns;
  private int depth;

  /**
   * No frames yet.
   *
   * @param depth how many frames lie below, which are someone else's
   */
  Frames(Executable executable, int depth) {
    Program program = executable.program();
    this.base = depth;
    this.depth = depth;
    this.stride = executable.frameStride();
    this.slots = program.slots();
    this.textAddress = program.textAddress();
    this.saved = new long[SAVED * (MemoryMap.MAX_CALL_DEPTH - depth)];
    this.returns = new int[MemoryMap.MAX_CALL_DEPTH - depth];
  }

  boolean isEmpty() {
    return depth == base;
  }

  /** Saves the caller's registers and enters a new frame, unless there are too many. */
  void push(long[] registers, int returnPc) {
    int frame = depth - base;
    System.arraycopy(registers, 6, saved, SAVED * frame, SAVED);
    returns[frame] = returnPc;
    depth++;
    if (depth == MemoryMap.MAX_CALL_DEPTH) {
      throw Fault.of(Fault.Kind.CALL_DEPTH_EXCEEDED);
    }
    registers[10] += stride;
  }

  /** Leaves the newest frame; returns the slot to go on at, which may lie behind the last one. */
  int pop(long[] registers) {
    depth--;
    int frame = depth - base;
    System.arraycopy(saved, SAVED * frame, registers, 6, SAVED);
    return returns[frame];
  }

  /** The slot at an address of code; bytes within a slot do not matter. */
  int slotAt(long address) {
    long slot = (address - textAddress) >>> Long.numberOfTrailingZeros(Slot.BYTES);
    if (slot >= slots) {
      throw Fault.of(Fault.Kind.CALL_OUTSIDE_TEXT_SEGMENT);
    }
    return (int) slot;
  }
}
