package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.crypto.BigModExp;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;

/** The system call that raises a number to a power modulo another (SIMD-0529). */
final class ModularPower {
  private static final int PARAMETERS = 48;
  private static final int MAX_BYTES = 512;
  private static final int BASE_UNITS = 422;
  private static final int WORK_PER_UNIT = 189;
  private static final int LEAST_SQUARINGS = 75;
  private static final int REDUCTION = 15;
  private static final int SMALL = 64;
  private static final int EXPONENT_HEAD = 32;

  private ModularPower() {}

  static void addTo(Registry registry) {
    registry.plain(Syscall.SOL_BIG_MOD_EXP, ModularPower::power);
  }

  private static long power(Vm vm, long parameters, long result, long r3, long r4, long r5) {
    Guest guest = Guest.of(vm);
    vm.consume(BASE_UNITS);
    Slice pairs = guest.readOne(parameters, PARAMETERS, Long.BYTES);
    for (int i = 0; i < 3; i++) {
      if (Long.compareUnsigned(Guest.lengthOf(pairs, i), MAX_BYTES) > 0) {
        throw Errors.invalidLength();
      }
    }
    byte[] exponent = Guest.bytesOf(guest.follow(pairs, 1));
    long longest = Math.max(Guest.lengthOf(pairs, 0), Guest.lengthOf(pairs, 2));
    vm.consume(units(longest, exponent));
    byte[] base = Guest.bytesOf(guest.follow(pairs, 0));
    byte[] modulus = Guest.bytesOf(guest.follow(pairs, 2));
    if (!BigModExp.isModulus(modulus)) {
      throw Errors.invalidAttribute();
    }
    byte[] power = BigModExp.power(base, exponent, modulus);
    Guest.copy(power, guest.write(result, power.length));
    return 0;
  }

  /** What it costs beyond the base, by the length of the longest operand and the exponent. */
  private static long units(long length, byte[] exponent) {
    long product =
        length <= SMALL ? length * length : length * length / 4 + 96 * length - 48 * SMALL;
    long squarings =
        isOne(exponent) ? REDUCTION : Math.max(LEAST_SQUARINGS, adjustedLength(exponent));
    return (product * squarings + WORK_PER_UNIT - 1) / WORK_PER_UNIT;
  }

  private static boolean isOne(byte[] exponent) {
    return exponent.length > 0 && exponent[0] == 1 && highestBit(exponent, 0) == 0;
  }

  /** The place of the highest bit among the last 32 bytes, and 8 for each byte before those. */
  private static int adjustedLength(byte[] exponent) {
    int skipped = Math.max(0, exponent.length - EXPONENT_HEAD);
    return Byte.SIZE * skipped + highestBit(exponent, skipped);
  }

  /** The place of the highest bit set from a byte on, 0 if there is none. */
  private static int highestBit(byte[] number, int from) {
    for (int i = number.length - 1; i >= from; i--) {
      if (number[i] != 0) {
        return Byte.SIZE * (i - from) + 31 - Integer.numberOfLeadingZeros(number[i] & 0xff);
      }
    }
    return 0;
  }
}
