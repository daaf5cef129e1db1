package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.vm.Access;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The memory of the program that called, as system calls look at it.
 *
 * <p>An empty array needs no valid address. Pointers to anything wider than a byte must be aligned,
 * unless the program's loader is the first one.
 */
record Guest(Vm vm, InstructionContext instruction) {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Slice NOTHING = new Slice(new byte[0], 0, 0);
  private static final int VM_SLICE = 16;

  static Guest of(Vm vm) {
    return new Guest(vm, vm.context(InstructionContext.class));
  }

  /** Bytes to read. */
  Slice read(long address, long length) {
    return bytes(address, length, Access.LOAD);
  }

  /** Bytes to write. */
  Slice write(long address, long length) {
    return bytes(address, length, Access.STORE);
  }

  /** An array of {@code count} elements to read. */
  Slice read(long address, long count, int size, int alignment) {
    return array(address, count, size, alignment, Access.LOAD);
  }

  /** One structure to read. */
  Slice readOne(long address, int size, int alignment) {
    return one(address, size, alignment, Access.LOAD);
  }

  /** One structure to write. */
  Slice writeOne(long address, int size, int alignment) {
    return one(address, size, alignment, Access.STORE);
  }

  /** A 64-bit field to write that needs no alignment. */
  Slice writeUnaligned(long address) {
    return vm.memory().translate(address, Long.BYTES, Access.STORE);
  }

  Pubkey key(long address) {
    Slice slice = readOne(address, Pubkey.BYTES, 1);
    return Pubkey.read(slice.bytes(), slice.offset());
  }

  /** An array of address-and-length pairs, untranslated. */
  Slice slices(long address, long count) {
    return read(address, count, VM_SLICE, Long.BYTES);
  }

  /** What pair {@code index} of {@link #slices} points to. */
  Slice follow(Slice slices, int index) {
    return read(u64(slices, VM_SLICE * index), u64(slices, VM_SLICE * index + Long.BYTES));
  }

  /** The length in pair {@code index} of {@link #slices}. */
  static long lengthOf(Slice slices, int index) {
    return u64(slices, VM_SLICE * index + Long.BYTES);
  }

  /** How many pairs {@link #slices} has. */
  static int countOf(Slice slices) {
    return slices.length() / VM_SLICE;
  }

  static long u64(Slice slice, int at) {
    return (long) LONG.get(slice.bytes(), slice.offset() + at);
  }

  static void u64(Slice slice, int at, long value) {
    LONG.set(slice.bytes(), slice.offset() + at, value);
  }

  static void u32(Slice slice, int at, int value) {
    INT.set(slice.bytes(), slice.offset() + at, value);
  }

  static void copy(byte[] from, Slice to) {
    System.arraycopy(from, 0, to.bytes(), to.offset(), from.length);
  }

  /** A copy of a slice's bytes. */
  static byte[] bytesOf(Slice slice) {
    return Arrays.copyOfRange(slice.bytes(), slice.offset(), slice.offset() + slice.length());
  }

  /** Whether two stretches of program memory have no byte in common. */
  static boolean apart(long a, long aLength, long b, long bLength) {
    return Long.compareUnsigned(a, b) > 0
        ? Long.compareUnsigned(a - b, bLength) >= 0
        : Long.compareUnsigned(b - a, aLength) >= 0;
  }

  private Slice bytes(long address, long length, Access access) {
    if (length == 0) {
      return NOTHING;
    }
    if (length < 0) {
      throw Errors.invalidLength();
    }
    return vm.memory().translate(address, length, access);
  }

  private Slice array(long address, long count, int size, int alignment, Access access) {
    if (count == 0) {
      return NOTHING;
    }
    if (count < 0 || count > Long.MAX_VALUE / size) {
      throw Errors.invalidLength();
    }
    Slice slice = vm.memory().translate(address, count * size, access);
    requireAlignment(address, alignment);
    return slice;
  }

  private Slice one(long address, int size, int alignment, Access access) {
    Slice slice = vm.memory().translate(address, size, access);
    requireAlignment(address, alignment);
    return slice;
  }

  private void requireAlignment(long address, int alignment) {
    if (instruction.isAligned() && (address & (alignment - 1)) != 0) {
      throw Errors.unalignedPointer();
    }
  }
}
