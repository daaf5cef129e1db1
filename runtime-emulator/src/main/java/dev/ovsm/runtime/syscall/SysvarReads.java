package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.sysvar.Sysvars;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import java.util.Optional;

/** The system calls that copy sysvars into a program's memory. */
final class SysvarReads {
  private static final long BEYOND_THE_END = 1;
  private static final long UNKNOWN = 2;
  private static final int EPOCH_REWARDS_ALIGNMENT = 16;

  private SysvarReads() {}

  static void addTo(Registry registry) {
    registry
        .charged(
            Syscall.SOL_GET_CLOCK_SYSVAR,
            (vm, to, r2, r3, r4, r5) -> put(vm, to, sysvars(vm).clock().bytes(), Long.BYTES))
        .charged(
            Syscall.SOL_GET_EPOCH_SCHEDULE_SYSVAR,
            (vm, to, r2, r3, r4, r5) ->
                put(vm, to, sysvars(vm).epochSchedule().struct(), Long.BYTES))
        .charged(
            Syscall.SOL_GET_RENT_SYSVAR,
            (vm, to, r2, r3, r4, r5) -> put(vm, to, sysvars(vm).rent().struct(), Long.BYTES))
        .charged(
            Syscall.SOL_GET_EPOCH_REWARDS_SYSVAR,
            (vm, to, r2, r3, r4, r5) ->
                put(vm, to, sysvars(vm).epochRewardsStruct(), EPOCH_REWARDS_ALIGNMENT))
        .charged(
            Syscall.SOL_GET_LAST_RESTART_SLOT,
            (vm, to, r2, r3, r4, r5) ->
                put(
                    vm,
                    to,
                    sysvars(vm).bytes(SysvarIds.LAST_RESTART_SLOT).orElseThrow(),
                    Long.BYTES))
        .charged(Syscall.SOL_GET_SYSVAR, SysvarReads::get)
        .charged(Syscall.SOL_GET_EPOCH_STAKE, SysvarReads::epochStake);
  }

  private static Sysvars sysvars(Vm vm) {
    return Guest.of(vm).instruction().transaction().environment().sysvars();
  }

  private static long put(Vm vm, long address, byte[] struct, int alignment) {
    Guest guest = Guest.of(vm);
    requireTarget(guest, address);
    Guest.copy(struct, guest.writeOne(address, struct.length, alignment));
    return 0;
  }

  private static long get(Vm vm, long id, long to, long offset, long length, long r5) {
    Guest guest = Guest.of(vm);
    requireTarget(guest, to);
    Slice target = guest.write(to, length);
    Pubkey key = guest.key(id);
    if (Long.compareUnsigned(offset + length, offset) < 0
        || Long.compareUnsigned(to + length, to) < 0) {
      throw SyscallFailure.fault(Kind.ARITHMETIC_OVERFLOW);
    }
    Optional<byte[]> bytes = sysvars(vm).bytes(key);
    if (bytes.isEmpty()) {
      return UNKNOWN;
    }
    if (Long.compareUnsigned(offset + length, bytes.get().length) > 0) {
      return BEYOND_THE_END;
    }
    System.arraycopy(bytes.get(), (int) offset, target.bytes(), target.offset(), target.length());
    return 0;
  }

  /** Nobody stakes here, neither on a vote account nor in total. */
  private static long epochStake(Vm vm, long vote, long r2, long r3, long r4, long r5) {
    if (vote != 0) {
      Guest.of(vm).key(vote);
    }
    return 0;
  }

  /** Programs of the first loader cannot have sysvars copied, and nobody into the input. */
  private static void requireTarget(Guest guest, long address) {
    if (!guest.instruction().isAligned()) {
      throw Errors.unalignedPointer();
    }
    if (guest.instruction().transaction().environment().features().addressRestrictions()
        && Long.compareUnsigned(address, MemoryMap.INPUT) >= 0) {
      throw Errors.invalidPointer();
    }
  }
}
