package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.invoke.AccountPlace;
import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.sbpf.MemoryMap;

/**
 * What an account info must satisfy: with SIMD-0459, that it points at the serialised account and
 * does not itself lie where a callee could write.
 */
record AccountCheck(Guest guest, AccountPlace place) {
  /** How much an account may grow in one instruction, in bytes. */
  static final int MAX_GROWTH = 10_240;

  static final int BYTES_PER_UNIT = 250;

  private boolean restricted() {
    return features().addressRestrictions();
  }

  private Features features() {
    return guest.instruction().transaction().environment().features();
  }

  /** Requires that a field of the info points where the account really is. */
  void pointer(long address, long expected, String field) {
    if (restricted() && address != expected) {
      guest
          .instruction()
          .transaction()
          .log()
          .add(
              "Invalid account info pointer `"
                  + field
                  + "': 0x"
                  + Long.toHexString(address)
                  + " != 0x"
                  + Long.toHexString(expected));
      throw Errors.invalidPointer();
    }
  }

  /** Requires that part of the info itself does not lie in the input. */
  void outsideInput(long address) {
    if (restricted() && Long.compareUnsigned(address, MemoryMap.INPUT) >= 0) {
      throw Errors.invalidPointer();
    }
  }

  /** Charges for the data before SIMD-0459 moved the charge. */
  void chargeData(long length) {
    if (!restricted()) {
      guest.vm().consume(Long.divideUnsigned(length, BYTES_PER_UNIT));
    }
  }

  /** The field that holds the data's length, which the call may have to change. */
  Slice length(long address) {
    outsideInput(address);
    return guest.writeUnaligned(address);
  }

  /** The length that counts: the one in the field, or before SIMD-0459 the one already read. */
  long dataLength(long read, Slice field) {
    return restricted() ? Guest.u64(field, 0) : read;
  }

  /** The data itself, at the length that the caller gave it. */
  Slice data(long address, long length) {
    long most = (long) place.length() + (guest.instruction().isAligned() ? MAX_GROWTH : 0);
    if (restricted() && Long.compareUnsigned(length, most) > 0) {
      throw SyscallFailure.fault(Kind.INVALID_REALLOC);
    }
    return guest.write(address, length);
  }
}
