package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.crypto.Bn254;
import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import org.jspecify.annotations.Nullable;

/** The system calls on the curve that Ethereum calls alt_bn128. */
final class AltBn128 {
  private static final int G1 = 64;
  private static final int G2 = 128;
  private static final int PAIRING = 32;
  private static final long LITTLE_ENDIAN = 0x80;
  private static final long FAILED = 1;

  private AltBn128() {}

  static void addTo(Registry registry) {
    registry
        .charged(Syscall.SOL_ALT_BN128_GROUP_OP, AltBn128::operate)
        .charged(Syscall.SOL_ALT_BN128_COMPRESSION, AltBn128::compress);
  }

  /** What an operation makes of its input, or null if that is not what it takes. */
  private interface Operation {
    byte @Nullable [] apply(byte[] input, Endianness order);
  }

  private static long operate(
      Vm vm, long operation, long input, long length, long result, long r5) {
    return switch ((int) base(operation)) {
      case 0 -> run(vm, operation, input, length, result, G1, Bn254::addG1);
      case 2 -> run(vm, operation, input, length, result, G1, Bn254::multiplyG1);
      case 3 -> run(vm, operation, input, length, result, PAIRING, Bn254::pairing);
      case 4 -> run(vm, operation, input, length, result, G2, Bn254::addG2);
      case 6 -> run(vm, operation, input, length, result, G2, Bn254::multiplyG2);
      default -> throw Errors.invalidAttribute();
    };
  }

  private static long compress(
      Vm vm, long operation, long input, long length, long result, long r5) {
    return switch ((int) base(operation)) {
      case 0 -> run(vm, operation, input, length, result, G1 / 2, Bn254::compressG1);
      case 1 -> run(vm, operation, input, length, result, G1, Bn254::decompressG1);
      case 2 -> run(vm, operation, input, length, result, G2 / 2, Bn254::compressG2);
      case 3 -> run(vm, operation, input, length, result, G2, Bn254::decompressG2);
      default -> throw Errors.invalidAttribute();
    };
  }

  private static long base(long operation) {
    long base = operation & ~LITTLE_ENDIAN;
    return base >= 0 && base <= 6 ? base : -1;
  }

  private static long run(
      Vm vm,
      long code,
      long input,
      long length,
      long result,
      int resultLength,
      Operation operation) {
    Guest guest = Guest.of(vm);
    Slice target = guest.write(result, resultLength);
    byte[] bytes = Guest.bytesOf(guest.read(input, length));
    Endianness order = (code & LITTLE_ENDIAN) == 0 ? Endianness.BIG : Endianness.LITTLE;
    byte[] output = operation.apply(bytes, order);
    if (output == null) {
      return FAILED;
    }
    Guest.copy(output, target);
    return 0;
  }
}
