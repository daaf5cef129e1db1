package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.runtime.crypto.HashFunction;
import dev.ovsm.runtime.crypto.Poseidon;
import dev.ovsm.runtime.crypto.Secp256k1;
import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.List;

/** The system calls that hash, and the one that recovers a signer. */
final class Hashing {
  private static final int BASE_UNITS = 85;
  private static final int LEAST_UNITS = 10;
  private static final int BYTES_PER_UNIT = 2;
  private static final int MAX_SLICES = 20_000;
  private static final int KEY_BYTES = 64;
  private static final long FAILED = 1;
  private static final long BAD_RECOVERY_ID = 2;
  private static final long BAD_SIGNATURE = 3;
  private static final int RECOVERY_IDS = 4;
  private static final int POSEIDON_BYTES = 32;

  private Hashing() {}

  static void addTo(Registry registry) {
    registry
        .plain(Syscall.SOL_SHA256, hash(HashFunction.SHA256, "Sha256"))
        .plain(Syscall.SOL_KECCAK256, hash(HashFunction.KECCAK256, "Keccak256"))
        .plain(Syscall.SOL_BLAKE3, hash(HashFunction.BLAKE3, "Blake3"))
        .plain(Syscall.SOL_SHA512, hash(HashFunction.SHA512, "Sha512"))
        .charged(Syscall.SOL_SECP256K1_RECOVER, Hashing::recover)
        .plain(Syscall.SOL_POSEIDON, Hashing::poseidon);
  }

  private static SyscallHandler hash(HashFunction function, String name) {
    return (vm, slices, count, result, r4, r5) -> {
      Guest guest = Guest.of(vm);
      if (Long.compareUnsigned(count, MAX_SLICES) > 0) {
        log(
            guest,
            name
                + " Hashing "
                + Long.toUnsignedString(count)
                + " sequences in one syscall is over the limit "
                + MAX_SLICES);
        throw Errors.tooManySlices();
      }
      vm.consume(BASE_UNITS);
      Slice target = guest.write(result, function.length());
      Slice pairs = guest.slices(slices, count);
      List<byte[]> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Slice part = guest.follow(pairs, i);
        vm.consume(Math.max(LEAST_UNITS, part.length() / BYTES_PER_UNIT));
        parts.add(Guest.bytesOf(part));
      }
      Guest.copy(function.hash(parts), target);
      return 0;
    };
  }

  private static long recover(
      Vm vm, long hash, long recoveryId, long signature, long result, long r5) {
    Guest guest = Guest.of(vm);
    Slice target = guest.write(result, KEY_BYTES);
    byte[] digest = Guest.bytesOf(guest.read(hash, HashFunction.KECCAK256.length()));
    byte[] signed = Guest.bytesOf(guest.read(signature, KEY_BYTES));
    if (Long.compareUnsigned(recoveryId, RECOVERY_IDS) >= 0) {
      return BAD_RECOVERY_ID;
    }
    byte[] key = Secp256k1.recover(digest, (int) recoveryId, signed);
    if (key == null) {
      return BAD_SIGNATURE;
    }
    Guest.copy(key, target);
    return 0;
  }

  private static long poseidon(
      Vm vm, long parameters, long endianness, long slices, long count, long result) {
    Guest guest = Guest.of(vm);
    if (parameters != 0) {
      throw SyscallFailure.fault("Invalid parameters.");
    }
    if (endianness != 0 && endianness != 1) {
      throw SyscallFailure.fault("Invalid endianness.");
    }
    if (Long.compareUnsigned(count, Poseidon.MAX_INPUTS) > 0) {
      log(
          guest,
          "Poseidon hashing " + Long.toUnsignedString(count) + " sequences is not supported");
      throw Errors.invalidLength();
    }
    Registry.charge(vm, Syscall.SOL_POSEIDON, parameters, endianness, slices, count, result);
    Slice target = guest.write(result, POSEIDON_BYTES);
    Slice pairs = guest.slices(slices, count);
    List<byte[]> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(Guest.bytesOf(guest.follow(pairs, i)));
    }
    byte[] hash = Poseidon.hash(inputs, endianness == 0 ? Endianness.BIG : Endianness.LITTLE);
    if (hash == null) {
      return FAILED;
    }
    Guest.copy(hash, target);
    return 0;
  }

  private static void log(Guest guest, String line) {
    guest.instruction().transaction().log().add(line);
  }
}
