package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The system calls that derive program addresses from seeds. */
final class Addresses {
  private static final int UNITS = 1500;
  private static final long ON_CURVE = 1;

  private Addresses() {}

  static void addTo(Registry registry) {
    registry
        .charged(Syscall.SOL_CREATE_PROGRAM_ADDRESS, Addresses::create)
        .plain(Syscall.SOL_TRY_FIND_PROGRAM_ADDRESS, Addresses::find);
  }

  private static long create(Vm vm, long seeds, long count, long program, long address, long r5) {
    Guest guest = Guest.of(vm);
    List<byte[]> parts = seeds(guest, seeds, count);
    Pubkey owner = guest.key(program);
    Optional<Pubkey> derived = DerivedAddress.of(parts, owner);
    if (derived.isEmpty()) {
      return ON_CURVE;
    }
    Slice target = guest.write(address, Pubkey.BYTES);
    derived.get().write(target.bytes(), target.offset());
    tell(vm, owner, derived.get());
    return 0;
  }

  private static long find(
      Vm vm, long seeds, long count, long program, long address, long bumpAddress) {
    Guest guest = Guest.of(vm);
    vm.consume(UNITS);
    List<byte[]> parts = seeds(guest, seeds, count);
    Pubkey owner = guest.key(program);
    byte[] bump = {(byte) 0xff};
    parts.add(bump);
    for (int tried = 0; tried < 255; tried++) {
      // with 16 seeds there is no room for the bump, yet every try costs
      Optional<Pubkey> derived = DerivedAddress.of(parts, owner);
      if (derived.isPresent()) {
        Slice bumpTarget = guest.write(bumpAddress, 1);
        Slice target = guest.write(address, Pubkey.BYTES);
        if (!Guest.apart(bumpAddress, 1, address, Pubkey.BYTES)) {
          throw Errors.copyOverlapping();
        }
        bumpTarget.bytes()[bumpTarget.offset()] = bump[0];
        derived.get().write(target.bytes(), target.offset());
        tell(vm, owner, derived.get());
        return 0;
      }
      bump[0]--;
      vm.consume(UNITS);
    }
    return ON_CURVE;
  }

  private static void tell(Vm vm, Pubkey owner, Pubkey derived) {
    InstructionContext instruction = vm.context(InstructionContext.class);
    if (instruction.program().equals(owner)) {
      instruction.transaction().environment().hook().derived(instruction, derived);
    }
  }

  private static List<byte[]> seeds(Guest guest, long address, long count) {
    Slice slices = guest.slices(address, count);
    if (count > DerivedAddress.MAX_SEEDS) {
      throw Errors.badSeeds(DerivedAddress.SEED_TOO_LONG);
    }
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (Long.compareUnsigned(Guest.lengthOf(slices, i), DerivedAddress.MAX_SEED) > 0) {
        throw Errors.badSeeds(DerivedAddress.SEED_TOO_LONG);
      }
      seeds.add(Guest.bytesOf(guest.follow(slices, i)));
    }
    return seeds;
  }
}
