package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.vm.Fault;

/** The errors of system calls that only the log names, in the words of a validator. */
final class Errors {
  private Errors() {}

  static Fault abort() {
    return SyscallFailure.fault("SBF program panicked");
  }

  static Fault panic(String file, long line, long column) {
    return SyscallFailure.fault(
        "SBF program Panicked in "
            + file
            + " at "
            + Long.toUnsignedString(line)
            + ":"
            + Long.toUnsignedString(column));
  }

  static Fault badSeeds(String why) {
    return SyscallFailure.fault("Could not create program address with signer seeds: " + why);
  }

  static Fault unalignedPointer() {
    return SyscallFailure.fault("Unaligned pointer");
  }

  static Fault tooManySigners() {
    return SyscallFailure.fault("Too many signers");
  }

  static Fault copyOverlapping() {
    return SyscallFailure.fault("Overlapping copy");
  }

  static Fault tooManySlices() {
    return SyscallFailure.fault("Hashing too many sequences");
  }

  static Fault invalidLength() {
    return SyscallFailure.fault("InvalidLength");
  }

  static Fault invalidAttribute() {
    return SyscallFailure.fault("InvalidAttribute");
  }

  static Fault invalidPointer() {
    return SyscallFailure.fault("Invalid pointer");
  }

  /** A text such as {@code Return data too large (1025 > 1024)}. */
  static Fault tooLarge(String what, long size, long most) {
    return SyscallFailure.fault(what + " (" + Long.toUnsignedString(size) + " > " + most + ")");
  }
}
