package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.crypto.Bls12381;
import dev.ovsm.runtime.crypto.CurvePoints;
import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system calls on points of curve25519, ristretto255 and BLS12-381. */
final class Curves {
  private static final int BYTES = 32;
  private static final int ADD = 0;
  private static final int SUBTRACT = 1;
  private static final int MULTIPLY = 2;
  private static final int MAX_POINTS = 512;
  private static final int PAIRING_CURVE = 4;
  private static final long BIG_ENDIAN = 0x80;
  private static final long INVALID = 1;

  private Curves() {}

  static void addTo(Registry registry) {
    registry
        .charged(Syscall.SOL_CURVE_VALIDATE_POINT, Curves::validate)
        .charged(Syscall.SOL_CURVE_GROUP_OP, Curves::operate)
        .plain(Syscall.SOL_CURVE_MULTISCALAR_MUL, Curves::multiplyAll)
        .charged(Syscall.SOL_CURVE_DECOMPRESS, Curves::decompress)
        .plain(Syscall.SOL_CURVE_PAIRING_MAP, Curves::pair);
  }

  private static long validate(Vm vm, long curve, long point, long r3, long r4, long r5) {
    Guest guest = Guest.of(vm);
    CurvePoints points = curve25519(curve);
    if (points != null) {
      return points.isValid(bytes(guest, point, BYTES)) ? 0 : INVALID;
    }
    Bls12381 group = bls(curve);
    return group.isValid(bytes(guest, point, group.pointLength()), endianness(curve)) ? 0 : INVALID;
  }

  private static long operate(
      Vm vm, long curve, long operation, long left, long right, long result) {
    Guest guest = Guest.of(vm);
    CurvePoints points = curve25519(curve);
    Bls12381 group = points == null ? bls(curve) : null;
    if (Long.compareUnsigned(operation, MULTIPLY) > 0) {
      throw Errors.invalidAttribute();
    }
    int length = group == null ? BYTES : group.pointLength();
    byte[] l = bytes(guest, left, operation == MULTIPLY ? BYTES : length);
    byte[] r = bytes(guest, right, length);
    byte[] sum =
        group != null
            ? operate(group, endianness(curve), (int) operation, l, r)
            : points == null ? null : operate(points, (int) operation, l, r);
    return put(guest, result, sum);
  }

  private static byte @Nullable [] operate(
      CurvePoints points, int operation, byte[] left, byte[] right) {
    return switch (operation) {
      case ADD -> points.add(left, right);
      case SUBTRACT -> points.subtract(left, right);
      default -> points.multiply(left, right);
    };
  }

  private static byte @Nullable [] operate(
      Bls12381 group, Endianness order, int operation, byte[] left, byte[] right) {
    return switch (operation) {
      case ADD -> group.add(left, right, order);
      case SUBTRACT -> group.subtract(left, right, order);
      default -> group.multiply(left, right, order);
    };
  }

  private static long multiplyAll(
      Vm vm, long curve, long scalars, long points, long count, long result) {
    if (Long.compareUnsigned(count, MAX_POINTS) > 0) {
      throw Errors.invalidLength();
    }
    Guest guest = Guest.of(vm);
    CurvePoints group = curve25519(curve);
    if (group == null) {
      throw Errors.invalidAttribute();
    }
    Registry.charge(vm, Syscall.SOL_CURVE_MULTISCALAR_MUL, curve, scalars, points, count, result);
    List<byte[]> factors = list(guest, scalars, (int) count);
    List<byte[]> summands = list(guest, points, (int) count);
    return put(guest, result, group.multiply(factors, summands));
  }

  private static long decompress(Vm vm, long curve, long point, long result, long r4, long r5) {
    Bls12381 group = bls(curve);
    Guest guest = Guest.of(vm);
    byte[] compressed = bytes(guest, point, group.pointLength() / 2);
    return put(guest, result, group.decompress(compressed, endianness(curve)));
  }

  private static long pair(Vm vm, long curve, long count, long g1, long g2, long result) {
    if ((curve & ~BIG_ENDIAN) != PAIRING_CURVE) {
      throw Errors.invalidAttribute();
    }
    Registry.charge(vm, Syscall.SOL_CURVE_PAIRING_MAP, curve, count, g1, g2, result);
    Guest guest = Guest.of(vm);
    byte[] first = Guest.bytesOf(guest.read(g1, count, Bls12381.G1.pointLength(), 1));
    byte[] second = Guest.bytesOf(guest.read(g2, count, Bls12381.G2.pointLength(), 1));
    return put(guest, result, Bls12381.pairing(first, second, endianness(curve)));
  }

  private static @Nullable CurvePoints curve25519(long curve) {
    return curve == 0 ? CurvePoints.EDWARDS : curve == 1 ? CurvePoints.RISTRETTO : null;
  }

  private static Bls12381 bls(long curve) {
    long group = curve & ~BIG_ENDIAN;
    if (group != 5 && group != 6) {
      throw Errors.invalidAttribute();
    }
    return group == 5 ? Bls12381.G1 : Bls12381.G2;
  }

  private static Endianness endianness(long curve) {
    return (curve & BIG_ENDIAN) == 0 ? Endianness.LITTLE : Endianness.BIG;
  }

  private static byte[] bytes(Guest guest, long address, int length) {
    return Guest.bytesOf(guest.readOne(address, length, 1));
  }

  private static List<byte[]> list(Guest guest, long address, int count) {
    byte[] all = Guest.bytesOf(guest.read(address, count, BYTES, 1));
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(Arrays.copyOfRange(all, BYTES * i, BYTES * (i + 1)));
    }
    return parts;
  }

  private static long put(Guest guest, long address, byte @Nullable [] point) {
    if (point == null) {
      return INVALID;
    }
    Slice target = guest.writeOne(address, point.length, 1);
    Guest.copy(point, target);
    return 0;
  }
}
