package dev.ovsm.tests.crypto;

import dev.ovsm.runtime.crypto.Bn254;
import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.tests.crypto.SyscallProbe.Payload;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The group operations, pairings and encodings of alt_bn128. */
@ComparedWithRealVm(minimum = 4000)
class Bn254SyscallsTest {
  private static final BigInteger PRIME =
      new BigInteger(
          "21888242871839275222246405745257275088696311157297823662689037894645226208583");
  private static final BigInteger ORDER =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");

  private static final String GROUP_OP = "sol_alt_bn128_group_op";
  private static final String COMPRESSION = "sol_alt_bn128_compression";

  /** The generator of G2 as EIP-197 gives it, big-endian. */
  private static final byte[] G2_GENERATOR =
      Cases.join(
          number("11559732032986387107991004021392285783925812861821192530917403151452391805634"),
          number("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
          number("4082367875863433681332203403145435568316851327593401208105741076214120093531"),
          number("8495653923123431417604973247489272438418190587263600148770280649306958101930"));

  private static byte[] number(String decimal) {
    return Cases.bigEndian(new BigInteger(decimal), 32);
  }

  /** Points of G1, big-endian: multiples of (1, 2), infinity, and ones with damage. */
  private static List<byte[]> pointsG1(Cases cases) {
    List<byte[]> points = new ArrayList<>();
    byte[] generator = Cases.join(number("1"), number("2"));
    points.add(generator);
    points.add(new byte[64]);
    for (int i = 0; i < 30; i++) {
      points.add(Bn254.multiplyG1(Cases.join(generator, cases.bytes(32)), Endianness.BIG));
    }
    return points;
  }

  /** Points of the twist, big-endian: of G2, and of any order. */
  private static List<byte[]> pointsG2(Cases cases, boolean members) {
    List<byte[]> points = new ArrayList<>(List.of(G2_GENERATOR, new byte[128]));
    while (points.size() < 20) {
      byte[] point =
          members
              ? Bn254.multiplyG2(Cases.join(G2_GENERATOR, cases.bytes(32)), Endianness.BIG)
              : Bn254.decompressG2(
                  Cases.join(fieldElement(cases), fieldElement(cases)), Endianness.BIG);
      if (point != null) {
        points.add(point);
      }
    }
    return points;
  }

  private static byte[] fieldElement(Cases cases) {
    return Cases.bigEndian(cases.numberBelow(PRIME), 32);
  }

  /** Big-endian coordinates of 32 or 64 bytes each, little-endian. */
  private static byte[] swapped(byte[] bytes, int coordinate) {
    byte[] swapped = new byte[bytes.length];
    for (int at = 0; at + coordinate <= bytes.length; at += coordinate) {
      byte[] part = Arrays.copyOfRange(bytes, at, at + coordinate);
      System.arraycopy(Cases.reversed(part), 0, swapped, at, coordinate);
    }
    return swapped;
  }

  private static void compare(
      RealVm vm,
      String syscall,
      long operation,
      int resultLength,
      Endianness order,
      List<byte[]> inputs,
      Comparisons comparisons) {
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, syscall);
    long id = operation | (order == Endianness.LITTLE ? 0x80 : 0);
    for (byte[] input : inputs) {
      Payload payload = new Payload();
      long at = payload.put(input);
      probe.call(payload, resultLength, id, at, (long) input.length, SyscallProbe.RESULT);
    }
    probe.compareMixed(syscall + " " + id, comparisons);
  }

  /** Big-endian inputs, then the same ones little-endian. */
  private static void compareBoth(
      RealVm vm,
      String syscall,
      long operation,
      int resultLength,
      List<byte[]> inputs,
      UnaryOperator<byte[]> little,
      Comparisons comparisons) {
    compare(vm, syscall, operation, resultLength, Endianness.BIG, inputs, comparisons);
    List<byte[]> swapped = inputs.stream().map(little).toList();
    compare(vm, syscall, operation, resultLength, Endianness.LITTLE, swapped, comparisons);
  }

  /** Inputs with every spare bit set at the start of a coordinate, big-endian. */
  private static void addFlagged(List<byte[]> inputs, byte[] input, int coordinates, int length) {
    for (int coordinate = 0; coordinate < coordinates; coordinate++) {
      for (int flags : new int[] {0x40, 0x80, 0xc0}) {
        byte[] flagged = input.clone();
        flagged[coordinate * length] ^= (byte) flags;
        inputs.add(flagged);
      }
    }
  }

  private static void addLengths(List<byte[]> inputs, byte[] input) {
    for (int length : new int[] {0, 1, 31, 32, 63, 64, 65, 95, 96, 127, 128, 129, 160, 192, 256}) {
      inputs.add(Arrays.copyOf(input, length));
    }
  }

  @Test
  void additionInG1(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(1);
    List<byte[]> points = pointsG1(cases);
    List<byte[]> inputs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] input = Cases.join(cases.oneOf(points), cases.oneOf(points));
      inputs.add(i % 5 == 0 ? cases.damaged(input) : input);
    }
    for (byte[] point : points.subList(0, 4)) {
      byte[] negative = point.clone();
      BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 32, 64));
      System.arraycopy(Cases.bigEndian(PRIME.subtract(y).mod(PRIME), 32), 0, negative, 32, 32);
      inputs.add(Cases.join(point, negative));
      inputs.add(Cases.join(point, point));
      addFlagged(inputs, Cases.join(point, point), 4, 32);
    }
    for (byte[] edge : Cases.edges(PRIME, 32)) {
      inputs.add(Cases.join(edge, points.get(5)));
      inputs.add(Cases.join(Arrays.copyOf(points.get(5), 32), edge, points.get(6)));
    }
    addLengths(inputs, Cases.join(points.get(3), points.get(4), new byte[128]));
    compareBoth(vm, GROUP_OP, 0, 64, inputs, input -> swapped(input, 32), comparisons);
  }

  @Test
  void multiplicationInG1(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(2);
    List<byte[]> points = pointsG1(cases);
    List<byte[]> inputs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte[] input = Cases.join(cases.oneOf(points), cases.bytes(32));
      inputs.add(i % 5 == 0 ? cases.damaged(input) : input);
    }
    for (byte[] edge : Cases.edges(ORDER, 32)) {
      inputs.add(Cases.join(points.get(4), edge));
    }
    addFlagged(inputs, Cases.join(points.get(4), cases.bytes(32)), 3, 32);
    addLengths(inputs, Cases.join(points.get(3), cases.bytes(32), new byte[160]));
    compareBoth(vm, GROUP_OP, 2, 64, inputs, input -> swapped(input, 32), comparisons);
  }

  @Test
  void operationsInG2(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(3);
    List<byte[]> any = pointsG2(cases, false);
    List<byte[]> members = pointsG2(cases, true);
    List<byte[]> sums = new ArrayList<>();
    List<byte[]> products = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] point = cases.oneOf(i % 4 == 0 ? any : members);
      byte[] sum = Cases.join(point, cases.oneOf(i % 3 == 0 ? any : members));
      sums.add(i % 5 == 0 ? cases.damaged(sum) : sum);
      products.add(Cases.join(point, cases.bytes(32)));
    }
    addFlagged(sums, sums.get(1), 8, 32);
    addFlagged(products, products.get(1), 5, 32);
    addLengths(sums, sums.get(1));
    addLengths(products, products.get(1));
    Cases.edges(ORDER, 32).forEach(edge -> products.add(Cases.join(members.get(3), edge)));
    compareBoth(vm, GROUP_OP, 4, 128, sums, input -> swapped(input, 64), comparisons);
    compareBoth(
        vm,
        GROUP_OP,
        6,
        128,
        products,
        input ->
            input.length < 128
                ? input
                : Cases.join(
                    swapped(Arrays.copyOf(input, 128), 64),
                    Cases.reversed(Arrays.copyOfRange(input, 128, input.length))),
        comparisons);
  }

  @Test
  void pairings(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(4);
    List<byte[]> g1 = pointsG1(cases);
    List<byte[]> g2 = pointsG2(cases, true);
    List<byte[]> any = pointsG2(cases, false);
    List<byte[]> inputs = new ArrayList<>(List.of(new byte[0], new byte[192], new byte[191]));
    for (int i = 0; i < 12; i++) {
      byte[] p = g1.get(2 + i);
      byte[] q = g2.get(2 + i);
      byte[] scalar = cases.bytes(32);
      byte[] opposite = Cases.bigEndian(ORDER.subtract(new BigInteger(1, scalar).mod(ORDER)), 32);
      // e(s·P, Q) · e(P, -s·Q) is one.
      byte[] left = Cases.join(require(Bn254.multiplyG1(Cases.join(p, scalar), Endianness.BIG)), q);
      byte[] right =
          Cases.join(p, require(Bn254.multiplyG2(Cases.join(q, opposite), Endianness.BIG)));
      byte[] product = Cases.join(left, right);
      inputs.add(product);
      inputs.add(i % 2 == 0 ? Cases.join(left, new byte[192], right) : cases.damaged(product));
      inputs.add(Cases.join(p, i % 3 == 0 ? any.get(2 + i) : q));
      inputs.add(Arrays.copyOf(product, product.length - i));
    }
    addFlagged(inputs, Cases.join(g1.get(3), g2.get(3)), 6, 32);
    compareBoth(vm, GROUP_OP, 3, 32, inputs, Bn254SyscallsTest::littlePairs, comparisons);
  }

  private static byte[] littlePairs(byte[] input) {
    byte[] little = new byte[input.length];
    for (int at = 0; at + 192 <= input.length; at += 192) {
      byte[] pair = Arrays.copyOfRange(input, at, at + 192);
      byte[] p = swapped(Arrays.copyOf(pair, 64), 32);
      byte[] q = swapped(Arrays.copyOfRange(pair, 64, 192), 64);
      System.arraycopy(Cases.join(p, q), 0, little, at, 192);
    }
    return little;
  }

  @Test
  void compression(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(5);
    compression(vm, 0, 32, 1, pointsG1(cases), comparisons);
    compression(vm, 2, 64, 2, pointsG2(cases, false), comparisons);
    decompression(vm, 1, 32, comparisons);
    decompression(vm, 3, 64, comparisons);
  }

  private static void compression(
      RealVm vm, long id, int coordinate, int parts, List<byte[]> points, Comparisons comparisons) {
    Cases cases = new Cases(6);
    List<byte[]> inputs = new ArrayList<>(points);
    for (int i = 0; i < 40; i++) {
      inputs.add(cases.bytes(2 * coordinate));
      byte[] anywhere = new byte[0];
      for (int k = 0; k < 2 * parts; k++) {
        anywhere = Cases.join(anywhere, fieldElement(cases));
      }
      inputs.add(anywhere);
    }
    addFlagged(inputs, points.get(0), 2 * parts, 32);
    addFlagged(inputs, inputs.get(inputs.size() - 1), 2 * parts, 32);
    addLengths(inputs, points.get(0));
    compareBoth(vm, COMPRESSION, id, coordinate, inputs, x -> swapped(x, coordinate), comparisons);
  }

  private static void decompression(RealVm vm, long id, int length, Comparisons comparisons) {
    Cases cases = new Cases(7);
    List<byte[]> inputs = new ArrayList<>(List.of(new byte[length]));
    for (int i = 0; i < 60; i++) {
      byte[] x =
          length == 32 ? fieldElement(cases) : Cases.join(fieldElement(cases), fieldElement(cases));
      inputs.add(x);
      addFlagged(inputs, x, length / 32, 32);
      byte[] real = x.clone();
      Arrays.fill(real, 0, length - 32, (byte) 0);
      inputs.add(real);
    }
    for (byte[] edge : Cases.edges(PRIME, 32)) {
      inputs.add(length == 32 ? edge : Cases.join(edge, fieldElement(cases)));
      inputs.add(length == 32 ? edge : Cases.join(fieldElement(cases), edge));
      addFlagged(inputs, inputs.get(inputs.size() - 1), 1, 32);
    }
    addLengths(inputs, inputs.get(1));
    compareBoth(vm, COMPRESSION, id, 2 * length, inputs, Cases::reversed, comparisons);
  }

  private static byte[] require(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new AssertionError("no result");
    }
    return bytes;
  }
}
