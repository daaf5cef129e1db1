package dev.ovsm.tests.crypto;

import dev.ovsm.tests.crypto.SyscallProbe.Payload;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the syscalls of cryptography do with arguments that no program should give: operations that
 * are none, bad and overlapping addresses, absurd lengths, budgets that end anywhere.
 */
@ComparedWithRealVm(minimum = 7800)
class SyscallErrorsTest {
  private static final long DATA = 0x4_0000_0040L;
  private static final long HEAP = 0x3_0000_0100L;

  /** An address in no region, the first of the data, one in it, the heap's, one of code. */
  private static final List<Long> ADDRESSES =
      List.of(0L, 0x123L, 0x1_0000_0000L, DATA, DATA + 1, HEAP, HEAP + 3, HEAP + 0x7ff0, -8L);

  private static final List<Long> COUNTS =
      List.of(0L, 1L, 2L, 8L, 9L, 12L, 13L, 64L, 192L, 512L, 513L, 20_001L, 1L << 60, -1L);
  private static final List<Long> CURVES =
      List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 0x80L, 0x81L, 0x84L, 0x85L, 0x86L, 0x105L, -1L);
  private static final List<Long> OPERATIONS =
      List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 0x80L, 0x82L, 0x83L, 0x84L, 0x87L, 0x100L);

  private record Shape(String syscall, List<List<Long>> arguments) {
    @Override
    public String toString() {
      return syscall;
    }
  }

  static Stream<Shape> shapes() {
    List<Long> address = ADDRESSES;
    return Stream.of(
        new Shape("sol_sha256", List.of(address, COUNTS, address)),
        new Shape("sol_keccak256", List.of(address, COUNTS, address)),
        new Shape("sol_blake3", List.of(address, COUNTS, address)),
        new Shape("sol_sha512", List.of(address, COUNTS, address)),
        new Shape("sol_big_mod_exp", List.of(address, address)),
        new Shape("sol_remaining_compute_units", List.of()),
        new Shape(
            "sol_poseidon",
            List.of(List.of(0L, 0L, 0L, 1L), List.of(0L, 1L, 2L), address, COUNTS, address)),
        new Shape(
            "sol_secp256k1_recover",
            List.of(address, List.of(0L, 1L, 3L, 4L, 256L, 1L << 32, -1L), address, address)),
        new Shape("sol_curve_validate_point", List.of(CURVES, address)),
        new Shape(
            "sol_curve_group_op",
            List.of(CURVES, List.of(0L, 1L, 2L, 3L), address, address, address)),
        new Shape(
            "sol_curve_multiscalar_mul",
            List.of(List.of(0L, 1L, 2L, 5L, 0x80L), address, address, COUNTS, address)),
        new Shape("sol_curve_decompress", List.of(CURVES, address, address)),
        new Shape(
            "sol_curve_pairing_map",
            List.of(
                List.of(4L, 0x84L, 5L), List.of(0L, 1L, 9L, 1L << 58), address, address, address)),
        new Shape("sol_alt_bn128_group_op", List.of(OPERATIONS, address, COUNTS, address)),
        new Shape("sol_alt_bn128_compression", List.of(OPERATIONS, address, COUNTS, address)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void arguments(Shape shape, RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(shape.syscall.hashCode());
    SyscallProbe probe = new SyscallProbe(vm, Features.SYSCALLS, shape.syscall);
    for (int i = 0; i < 400; i++) {
      List<Long> arguments = new ArrayList<>();
      shape.arguments.forEach(choices -> arguments.add(cases.oneOf(choices)));
      Payload payload = new Payload();
      // Zeros are points of some groups, random bytes of none; pairs point into the payload.
      payload.put(i % 2 == 0 ? new byte[1024] : pairs(cases));
      long budget = i % 4 == 0 ? cases.below(70_000) : SyscallProbe.BUDGET;
      probe.call(budget, payload, 64, arguments.toArray(new Long[0]));
    }
    probe.compare(shape.syscall, comparisons);
  }

  private static byte[] pairs(Cases cases) {
    List<Long> words = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      words.add(cases.below(6) == 0 ? cases.oneOf(ADDRESSES) : DATA + 16L * cases.below(32));
      words.add(cases.below(8) == 0 ? cases.oneOf(COUNTS) : 32L);
    }
    return Cases.join(SyscallProbe.words(words), cases.bytes(512));
  }

  /** A call that succeeds, at every budget up to what it needs. */
  @ParameterizedTest
  @MethodSource("shapes")
  void budgets(Shape shape, RealVm vm, Comparisons comparisons) {
    SyscallProbe probe = new SyscallProbe(vm, Features.SYSCALLS, shape.syscall);
    List<Long> good = good(shape.syscall);
    long most = 40_000;
    for (long budget = 0; budget < most; budget += budget < 40 ? 1 : 1 + budget / 12) {
      Payload payload = new Payload();
      payload.put(SyscallProbe.words(List.of(DATA + 64, 32L, DATA + 64, 32L)));
      payload.put(new byte[1024]);
      probe.call(budget, payload, 64, good.toArray(new Long[0]));
    }
    probe.compare(shape.syscall, comparisons);
  }

  private static List<Long> good(String syscall) {
    return switch (syscall) {
      case "sol_sha256", "sol_keccak256", "sol_blake3", "sol_sha512" -> List.of(DATA, 2L, HEAP);
      case "sol_big_mod_exp" -> List.of(DATA, HEAP);
      case "sol_remaining_compute_units" -> List.of();
      case "sol_poseidon" -> List.of(0L, 0L, DATA, 2L, HEAP);
      case "sol_secp256k1_recover" -> List.of(DATA, 0L, DATA, HEAP);
      case "sol_curve_validate_point" -> List.of(1L, DATA + 64);
      case "sol_curve_group_op" -> List.of(1L, 2L, DATA + 64, DATA + 64, HEAP);
      case "sol_curve_multiscalar_mul" -> List.of(1L, DATA + 64, DATA + 64, 3L, HEAP);
      case "sol_curve_decompress" -> List.of(5L, DATA + 64, HEAP);
      case "sol_curve_pairing_map" -> List.of(4L, 0L, DATA, DATA, HEAP);
      case "sol_alt_bn128_group_op" -> List.of(2L, DATA + 64, 96L, HEAP);
      case "sol_alt_bn128_compression" -> List.of(3L, DATA + 64, 64L, HEAP);
      default -> throw new IllegalArgumentException(syscall);
    };
  }
}
