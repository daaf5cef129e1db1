package dev.ovsm.tests.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.crypto.CurvePoints;
import dev.ovsm.tests.crypto.SyscallProbe.Payload;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Points of edwards25519 and ristretto255. */
@ComparedWithRealVm(minimum = 4000)
class Curve25519SyscallsTest {
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** The curves by the numbers that the syscalls have for them. */
  private static final TreeMap<Long, CurvePoints> CURVES =
      new TreeMap<>(Map.of(0L, CurvePoints.EDWARDS, 1L, CurvePoints.RISTRETTO));

  /** Random strings, half of which are points, and whatever may be read in two ways. */
  static List<byte[]> points(Cases cases, int number) {
    List<byte[]> points = new ArrayList<>();
    for (byte[] edge : Cases.edges(PRIME, 32)) {
      byte[] little = Cases.reversed(edge);
      points.add(little);
      byte[] signed = little.clone();
      signed[31] ^= (byte) 0x80;
      points.add(signed);
    }
    for (int y = 0; y < 20; y++) {
      points.add(Cases.reversed(Cases.bigEndian(PRIME.add(BigInteger.valueOf(y)), 32)));
      points.add(Cases.reversed(Cases.bigEndian(BigInteger.valueOf(y), 32)));
    }
    // The y of the points of order 8.
    points.add(
        Cases.reversed(
            Cases.bigEndian(
                new BigInteger(
                    "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
                32)));
    points.add(
        Cases.reversed(
            Cases.bigEndian(
                new BigInteger(
                    "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16),
                32)));
    for (int i = 0; i < number; i++) {
      points.add(cases.bytes(32));
    }
    return points;
  }

  private static List<byte[]> scalars(Cases cases, int number) {
    List<byte[]> scalars = new ArrayList<>();
    Cases.edges(ORDER, 32).forEach(edge -> scalars.add(Cases.reversed(edge)));
    for (int i = 0; i < number; i++) {
      scalars.add(Cases.reversed(Cases.bigEndian(cases.numberBelow(ORDER), 32)));
    }
    return scalars;
  }

  private static List<byte[]> valid(CurvePoints curve, List<byte[]> points) {
    return points.stream().filter(curve::isValid).toList();
  }

  @Test
  void validation(RealVm vm, Comparisons comparisons) {
    CURVES.forEach(
        (id, curve) -> {
          List<byte[]> points = points(new Cases(id), 900);
          SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_curve_validate_point");
          for (byte[] point : points) {
            Payload payload = new Payload();
            probe.call(payload, 0, id, payload.put(point));
          }
          // One string in two is an Edwards point, one in sixteen a point of ristretto255.
          assertThat(probe.compare(curve + " point", comparisons)).isBetween(40L, 700L);
        });
  }

  @Test
  void groupOperations(RealVm vm, Comparisons comparisons) {
    CURVES.forEach(
        (id, curve) -> {
          Cases cases = new Cases(10 + id);
          List<byte[]> any = points(cases, 200);
          List<byte[]> good = valid(curve, any);
          List<byte[]> scalars = scalars(cases, 40);
          SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_curve_group_op");
          for (int i = 0; i < 900; i++) {
            int operation = i % 3;
            byte[] right = cases.oneOf(cases.below(8) == 0 ? any : good);
            byte[] left = cases.oneOf(cases.below(8) == 0 ? any : operation == 2 ? scalars : good);
            Payload payload = new Payload();
            long leftAt = payload.put(left);
            long rightAt = payload.put(right);
            probe.call(payload, 32, id, (long) operation, leftAt, rightAt, SyscallProbe.RESULT);
          }
          probe.compareMixed(curve + " operation", comparisons);
        });
  }

  @Test
  void sumsOfProducts(RealVm vm, Comparisons comparisons) {
    CURVES.forEach(
        (id, curve) -> {
          Cases cases = new Cases(20 + id);
          List<byte[]> any = points(cases, 200);
          List<byte[]> good = valid(curve, any);
          List<byte[]> scalars = scalars(cases, 40).stream().toList();
          List<byte[]> small =
              scalars.stream()
                  .filter(s -> new BigInteger(1, Cases.reversed(s)).compareTo(ORDER) < 0)
                  .toList();
          SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_curve_multiscalar_mul");
          for (int i = 0; i < 120; i++) {
            List<byte[]> left = new ArrayList<>();
            List<byte[]> right = new ArrayList<>();
            boolean bad = i % 6 == 0;
            for (int k = i == 119 ? 512 : i % 12; k > 0; k--) {
              left.add(cases.oneOf(bad ? scalars : small));
              right.add(cases.oneOf(bad && cases.below(4) == 0 ? any : good));
            }
            Payload payload = new Payload();
            long leftAt = payload.put(Cases.join(left.toArray(new byte[0][])));
            long rightAt = payload.put(Cases.join(right.toArray(new byte[0][])));
            probe.call(payload, 32, id, leftAt, rightAt, (long) left.size(), SyscallProbe.RESULT);
          }
          probe.compareMixed(curve + " sum", comparisons);
        });
  }
}
