package dev.ovsm.tests.crypto;

import dev.ovsm.runtime.crypto.Bls12381;
import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.tests.crypto.SyscallProbe.Payload;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The groups of BLS12-381: validation, operations, decompression and pairings. */
@ComparedWithRealVm(minimum = 2030)
class Bls12381SyscallsTest {
  private static final int LENGTH = Bls12381Points.LENGTH;

  /** The syscalls' number of a group with the order of bytes. */
  private static long id(Bls12381 group, Endianness order) {
    long id =
        switch (group) {
          case G1 -> 5;
          case G2 -> 6;
        };
    return order == Endianness.BIG ? id | 0x80 : id;
  }

  /** Big-endian coordinates of a group in an order of bytes. */
  private static byte[] ordered(Bls12381 group, Endianness order, byte[] bytes) {
    if (order == Endianness.BIG) {
      return bytes;
    }
    byte[] little = new byte[bytes.length];
    int coordinate = group.pointLength() / 2;
    for (int at = 0; at < bytes.length; at += coordinate) {
      byte[] part = Arrays.copyOfRange(bytes, at, at + coordinate);
      System.arraycopy(Cases.reversed(part), 0, little, at, coordinate);
    }
    return little;
  }

  /** Members, strangers, and members with flags, damage or coordinates at the edges. */
  private static List<byte[]> mixed(Bls12381 group, Cases cases) {
    List<byte[]> members = Bls12381Points.members(group, cases, 30);
    List<byte[]> points = new ArrayList<>(members);
    points.addAll(Bls12381Points.strangers(group, cases, 8));
    points.add(new byte[group.pointLength()]);
    for (int i = 0; i < 8; i++) {
      points.add(cases.damaged(cases.oneOf(members)));
    }
    for (int flags = 1; flags < 8; flags++) {
      for (byte[] point : members.subList(0, 2)) {
        byte[] flagged = point.clone();
        flagged[0] ^= (byte) (flags << 5);
        points.add(flagged);
      }
    }
    for (int coordinate = 0; coordinate < group.pointLength() / LENGTH; coordinate++) {
      byte[] infinity = members.get(1).clone();
      infinity[LENGTH * coordinate + LENGTH - 1] = 1;
      points.add(infinity);
      for (byte[] edge : Cases.edges(Bls12381Points.PRIME, LENGTH)) {
        byte[] point = members.get(2).clone();
        System.arraycopy(edge, 0, point, LENGTH * coordinate, LENGTH);
        points.add(point);
      }
    }
    return points;
  }

  @ParameterizedTest
  @EnumSource
  void validation(Bls12381 group, RealVm vm, Comparisons comparisons) {
    List<byte[]> points = mixed(group, new Cases(1));
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_curve_validate_point");
    for (Endianness order : Endianness.values()) {
      for (byte[] point : points) {
        byte[] bytes = ordered(group, order, point);
        Payload payload = new Payload();
        probe.call(payload, 0, id(group, order), payload.put(bytes));
      }
    }
    probe.compareMixed(group + " point", comparisons);
  }

  @ParameterizedTest
  @EnumSource
  void groupOperations(Bls12381 group, RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(2);
    List<byte[]> any = mixed(group, cases);
    List<byte[]> points = new ArrayList<>(any.subList(0, 38));
    List<byte[]> scalars = Cases.edges(Bls12381Points.ORDER, 32);
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_curve_group_op");
    for (Endianness order : Endianness.values()) {
      for (int i = 0; i < 240; i++) {
        int operation = i % 3;
        byte[] right = ordered(group, order, cases.oneOf(i % 8 == 0 ? any : points));
        byte[] left =
            operation < 2
                ? ordered(group, order, cases.oneOf(i % 7 == 0 ? any : points))
                : Cases.bigEndian(cases.numberBelow(Bls12381Points.ORDER), 32);
        if (operation == 2 && i % 4 == 0) {
          byte[] edge = cases.oneOf(scalars);
          left = order == Endianness.BIG ? edge : Cases.reversed(edge);
        } else if (operation < 2 && i % 10 == 0) {
          left = right;
        }
        Payload payload = new Payload();
        long leftAt = payload.put(left);
        long rightAt = payload.put(right);
        probe.call(
            payload,
            group.pointLength(),
            id(group, order),
            (long) operation,
            leftAt,
            rightAt,
            SyscallProbe.RESULT);
      }
    }
    probe.compareMixed(group + " operation", comparisons);
  }

  @ParameterizedTest
  @EnumSource
  void decompression(Bls12381 group, RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(3);
    List<byte[]> inputs = new ArrayList<>();
    for (byte[] point : Bls12381Points.members(group, cases, 40)) {
      byte[] compressed = Bls12381Points.compressed(point);
      inputs.add(compressed);
      byte[] opposite = compressed.clone();
      opposite[0] ^= 0x20;
      inputs.add(opposite);
    }
    for (int flags = 1; flags < 8; flags++) {
      for (byte[] input : List.copyOf(inputs.subList(0, 4))) {
        byte[] flagged = input.clone();
        flagged[0] ^= (byte) (flags << 5);
        inputs.add(flagged);
      }
    }
    Bls12381Points.strangers(group, cases, 10)
        .forEach(point -> inputs.add(Bls12381Points.compressed(point)));
    for (byte[] edge : Cases.edges(Bls12381Points.PRIME, LENGTH)) {
      byte[] flagged = edge.clone();
      flagged[0] ^= (byte) 0x80;
      inputs.add(group == Bls12381.G1 ? flagged : Cases.join(flagged, cases.bytes(LENGTH)));
    }
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_curve_decompress");
    for (Endianness order : Endianness.values()) {
      for (byte[] input : inputs) {
        byte[] bytes = ordered(group, order, input);
        Payload payload = new Payload();
        long at = payload.put(bytes);
        probe.call(payload, group.pointLength(), id(group, order), at, SyscallProbe.RESULT);
      }
    }
    probe.compareMixed(group + " compressed", comparisons);
  }

  @Test
  void pairings(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(4);
    List<byte[]> g1 = Bls12381Points.members(Bls12381.G1, cases, 8);
    List<byte[]> g2 = Bls12381Points.members(Bls12381.G2, cases, 8);
    List<byte[]> strange1 = Bls12381Points.strangers(Bls12381.G1, cases, 2);
    List<byte[]> strange2 = Bls12381Points.strangers(Bls12381.G2, cases, 2);
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_curve_pairing_map");
    for (Endianness order : Endianness.values()) {
      for (int i = 0; i < 24; i++) {
        List<byte[]> left = new ArrayList<>();
        List<byte[]> right = new ArrayList<>();
        for (int k = i % 10; k > 0; k--) {
          left.add(cases.oneOf(i == 15 ? strange1 : g1));
          right.add(cases.oneOf(i == 16 ? strange2 : g2));
        }
        byte[] p = ordered(Bls12381.G1, order, Cases.join(left.toArray(new byte[0][])));
        byte[] q = ordered(Bls12381.G2, order, Cases.join(right.toArray(new byte[0][])));
        Payload payload = new Payload();
        long leftAt = payload.put(p);
        long rightAt = payload.put(q);
        long curve = order == Endianness.BIG ? 4 | 0x80 : 4;
        probe.call(payload, 576, curve, (long) left.size(), leftAt, rightAt, SyscallProbe.RESULT);
      }
    }
    probe.compareMixed("pairing", comparisons);
  }
}
