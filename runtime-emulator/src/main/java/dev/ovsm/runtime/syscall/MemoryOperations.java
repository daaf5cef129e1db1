package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import java.util.Arrays;

/** The system calls that copy, fill, compare and hand out memory. */
final class MemoryOperations {
  private static final int HEAP_ALIGNMENT = 8;

  private MemoryOperations() {}

  static void addTo(Registry registry) {
    registry
        .charged(Syscall.SOL_MEMCPY_, MemoryOperations::copy)
        .charged(Syscall.SOL_MEMMOVE_, MemoryOperations::move)
        .charged(Syscall.SOL_MEMCMP_, MemoryOperations::compare)
        .charged(Syscall.SOL_MEMSET_, MemoryOperations::fill)
        .charged(Syscall.SOL_ALLOC_FREE_, MemoryOperations::allocate);
  }

  private static long copy(Vm vm, long to, long from, long length, long r4, long r5) {
    if (!Guest.apart(from, length, to, length)) {
      throw Errors.copyOverlapping();
    }
    return move(vm, to, from, length, r4, r5);
  }

  private static long move(Vm vm, long to, long from, long length, long r4, long r5) {
    Guest guest = Guest.of(vm);
    Slice target = guest.write(to, length);
    Slice source = guest.read(from, length);
    System.arraycopy(
        source.bytes(), source.offset(), target.bytes(), target.offset(), source.length());
    return 0;
  }

  /** Writes the difference of the first bytes that differ, both unsigned, as 32 bits. */
  private static long compare(Vm vm, long a, long b, long length, long result, long r5) {
    Guest guest = Guest.of(vm);
    Slice left = guest.read(a, length);
    Slice right = guest.read(b, length);
    int differs =
        Arrays.mismatch(
            left.bytes(),
            left.offset(),
            left.offset() + left.length(),
            right.bytes(),
            right.offset(),
            right.offset() + right.length());
    int difference =
        differs < 0
            ? 0
            : (left.bytes()[left.offset() + differs] & 0xff)
                - (right.bytes()[right.offset() + differs] & 0xff);
    Guest.u32(guest.writeOne(result, Integer.BYTES, Integer.BYTES), 0, difference);
    return 0;
  }

  private static long fill(Vm vm, long to, long value, long length, long r4, long r5) {
    Slice target = Guest.of(vm).write(to, length);
    Arrays.fill(target.bytes(), target.offset(), target.offset() + target.length(), (byte) value);
    return 0;
  }

  /** Gives the next stretch of the heap, or 0 if there is none or the program frees one. */
  private static long allocate(Vm vm, long size, long free, long r3, long r4, long r5) {
    int alignment = Guest.of(vm).instruction().isAligned() ? HEAP_ALIGNMENT : 1;
    long begin = (vm.heapTop() + alignment - 1) & -alignment;
    if (free != 0 || size < 0 || size > vm.memory().heap().length - begin) {
      return 0;
    }
    vm.heapTop(begin + size);
    return MemoryMap.HEAP + begin;
  }
}
