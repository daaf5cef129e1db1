package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.crypto.Bls12381;
import dev.ovsm.runtime.crypto.Bls12381Group;
import dev.ovsm.runtime.crypto.CurvePoints;
import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.runtime.crypto.PointGroup;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system calls over points of curve25519 and BLS12-381. */
final class Curves {
  private static final long EDWARDS = 0;
  private static final long RISTRETTO = 1;
  private static final long PAIRING = 4;
  private static final long G1 = 5;
  private static final long G2 = 6;
  private static final long BIG_ENDIAN = 0x80;
  private static final long ADD = 0;
  private static final long SUBTRACT = 1;
  private static final long MULTIPLY = 2;
  private static final int SCALAR = 32;
  private static final int MAX_SUMMANDS = 512;
  private static final long FAILED = 1;

  private Curves() {}

  static void addTo(Registry registry) {
    registry
        .charged(Syscall.SOL_CURVE_VALIDATE_POINT, Curves::validate)
        .charged(Syscall.SOL_CURVE_GROUP_OP, Curves::operate)
        .plain(Syscall.SOL_CURVE_MULTISCALAR_MUL, Curves::sumOfProducts)
        .charged(Syscall.SOL_CURVE_DECOMPRESS, Curves::decompress)
        .plain(Syscall.SOL_CURVE_PAIRING_MAP, Curves::pairing);
  }

  private static long validate(Vm vm, long curve, long point, long r3, long r4, long r5) {
    PointGroup group = group(curve);
    byte[] bytes = Guest.bytesOf(Guest.of(vm).read(point, group.pointLength()));
    return group.isValid(bytes) ? 0 : FAILED;
  }

  private static long operate(
      Vm vm, long curve, long operation, long left, long right, long result) {
    PointGroup group = group(curve);
    if (operation != ADD && operation != SUBTRACT && operation != MULTIPLY) {
      throw Errors.invalidAttribute();
    }
    Guest guest = Guest.of(vm);
    int leftLength = operation == MULTIPLY ? SCALAR : group.pointLength();
    byte[] first = Guest.bytesOf(guest.read(left, leftLength));
    byte[] second = Guest.bytesOf(guest.read(right, group.pointLength()));
    return put(
        guest,
        result,
        operation == ADD
            ? group.add(first, second)
            : operation == SUBTRACT
                ? group.subtract(first, second)
                : group.multiply(first, second));
  }

  private static long sumOfProducts(
      Vm vm, long curve, long scalars, long points, long count, long result) {
    if (Long.compareUnsigned(count, MAX_SUMMANDS) > 0) {
      throw Errors.invalidLength();
    }
    if (curve != EDWARDS && curve != RISTRETTO) {
      throw Errors.invalidAttribute();
    }
    Registry.charge(vm, Syscall.SOL_CURVE_MULTISCALAR_MUL, curve, scalars, points, count, result);
    Guest guest = Guest.of(vm);
    CurvePoints group = curve == EDWARDS ? CurvePoints.EDWARDS : CurvePoints.RISTRETTO;
    List<byte[]> left = parts(guest.read(scalars, count, SCALAR, 1), SCALAR);
    List<byte[]> right =
        parts(guest.read(points, count, group.pointLength(), 1), group.pointLength());
    return put(guest, result, group.multiply(left, right));
  }

  private static long decompress(
      Vm vm, long curve, long compressed, long result, long r4, long r5) {
    Bls12381 curves = bls12381(curve);
    if (curves == null) {
      throw Errors.invalidAttribute();
    }
    Bls12381Group<?> group = curves.in(order(curve));
    Guest guest = Guest.of(vm);
    byte[] bytes = Guest.bytesOf(guest.read(compressed, group.pointLength() / 2));
    return put(guest, result, group.decompress(bytes));
  }

  private static long pairing(Vm vm, long curve, long count, long g1, long g2, long result) {
    if ((curve & ~BIG_ENDIAN) != PAIRING) {
      throw Errors.invalidAttribute();
    }
    Registry.charge(vm, Syscall.SOL_CURVE_PAIRING_MAP, curve, count, g1, g2, result);
    Guest guest = Guest.of(vm);
    Slice left = guest.read(g1, count, Bls12381.G1.pointLength(), 1);
    Slice right = guest.read(g2, count, Bls12381.G2.pointLength(), 1);
    if (count > Bls12381.MAX_PAIRS) {
      return FAILED;
    }
    return put(
        guest, result, Bls12381.pairing(Guest.bytesOf(left), Guest.bytesOf(right), order(curve)));
  }

  private static PointGroup group(long curve) {
    if (curve == EDWARDS) {
      return CurvePoints.EDWARDS;
    }
    if (curve == RISTRETTO) {
      return CurvePoints.RISTRETTO;
    }
    Bls12381 group = bls12381(curve);
    if (group == null) {
      throw Errors.invalidAttribute();
    }
    return group.in(order(curve));
  }

  private static @Nullable Bls12381 bls12381(long curve) {
    long plain = curve & ~BIG_ENDIAN;
    return plain == G1 ? Bls12381.G1 : plain == G2 ? Bls12381.G2 : null;
  }

  private static Endianness order(long curve) {
    return (curve & BIG_ENDIAN) != 0 ? Endianness.BIG : Endianness.LITTLE;
  }

  private static List<byte[]> parts(Slice slice, int length) {
    List<byte[]> parts = new ArrayList<>();
    for (int at = 0; at < slice.length(); at += length) {
      parts.add(Guest.bytesOf(new Slice(slice.bytes(), slice.offset() + at, length)));
    }
    return parts;
  }

  /** Only a result that there is needs an address. */
  private static long put(Guest guest, long address, byte @Nullable [] result) {
    if (result == null) {
      return FAILED;
    }
    Guest.copy(result, guest.write(address, result.length));
    return 0;
  }
}
