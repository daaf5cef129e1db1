package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Version;

/**
 * Says which fault an access is that an address space refuses, and in which region, in the words of
 * the chain's machine.
 */
record Refusal(Pieces pieces, Version version, boolean stackFrameGaps) {
  /** The fault of an access to so many bytes. */
  Fault of(long address, long length, Access access) {
    long frame = (address - MemoryMap.STACK) / MemoryMap.FRAME_BYTES;
    boolean overflow = address < 0 && address - MemoryMap.STACK > 0;
    if (!version.manualStackFrameBump()
        && !overflow
        && frame >= -1
        && frame <= MemoryMap.MAX_CALL_DEPTH) {
      return Fault.of(
          Fault.Kind.STACK_ACCESS_VIOLATION,
          new Fault.Violation(access, address, length, (int) frame, ""));
    }
    return Fault.of(
        Fault.Kind.ACCESS_VIOLATION,
        new Fault.Violation(access, address, length, 0, regionName(address)));
  }

  private String regionName(long address) {
    if (!isInAnyRegion(address)) {
      return "unallocated";
    }
    if (address >>> 32 == MemoryMap.BYTECODE >>> 32) {
      return "program";
    }
    if (address >>> 32 == MemoryMap.STACK >>> 32) {
      return "stack";
    }
    if (address >>> 32 == MemoryMap.HEAP >>> 32) {
      return "heap";
    }
    return address >>> 32 == MemoryMap.INPUT >>> 32 ? "input" : "allocated";
  }

  private boolean isInAnyRegion(long address) {
    if (stackFrameGaps && address >>> 32 == MemoryMap.STACK >>> 32) {
      return address - MemoryMap.STACK < 2L * MemoryMap.STACK_BYTES;
    }
    Piece piece = pieces.before(address);
    return piece != null && Long.compareUnsigned(address - piece.address(), piece.length()) < 0;
  }
}
