package dev.ovsm.tests.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.tests.crypto.SyscallProbe.Payload;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes, Poseidon, key recovery and modular exponentiation. */
@ComparedWithRealVm(minimum = 3100)
class HashSyscallsTest {
  private static final BigInteger BN254_ORDER =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");
  private static final BigInteger SECP256K1_ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private static List<List<byte[]>> slices() {
    Cases cases = new Cases(1);
    List<List<byte[]>> inputs = new ArrayList<>();
    for (int length : new int[] {0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 135, 136, 137}) {
      inputs.add(List.of(cases.bytes(length)));
    }
    inputs.add(List.of());
    inputs.add(List.of(cases.bytes(1023), cases.bytes(1), new byte[0], cases.bytes(1025)));
    for (int i = 0; i < 50; i++) {
      List<byte[]> slices = new ArrayList<>();
      for (int k = cases.below(5); k > 0; k--) {
        slices.add(cases.bytes(cases.below(300)));
      }
      inputs.add(slices);
    }
    return inputs;
  }

  private static void call(SyscallProbe probe, List<byte[]> slices, int length) {
    Payload payload = new Payload();
    long table = payload.putSlices(slices);
    probe.call(payload, length, table, (long) slices.size(), SyscallProbe.RESULT);
  }

  @ParameterizedTest
  @CsvSource({"sol_sha256,32", "sol_keccak256,32", "sol_blake3,32", "sol_sha512,64"})
  void hashes(String syscall, int length, RealVm vm, Comparisons comparisons) {
    SyscallProbe probe = new SyscallProbe(vm, Features.SYSCALLS, syscall);
    slices().forEach(slices -> call(probe, slices, length));
    assertThat(probe.compare(syscall, comparisons)).isEqualTo(slices().size());
  }

  @Test
  void poseidon(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(2);
    List<List<byte[]>> inputs = new ArrayList<>();
    for (int width = 1; width <= 12; width++) {
      for (int i = 0; i < 6; i++) {
        List<byte[]> numbers = new ArrayList<>();
        for (int k = 0; k < width; k++) {
          numbers.add(Cases.bigEndian(cases.numberBelow(BN254_ORDER), 32));
        }
        inputs.add(numbers);
      }
    }
    for (byte[] edge : Cases.edges(BN254_ORDER, 32)) {
      inputs.add(List.of(edge));
      inputs.add(List.of(Cases.reversed(edge)));
      inputs.add(List.of(cases.bytes(31), edge));
    }
    inputs.add(List.of());
    for (int length : new int[] {0, 1, 31, 33, 64}) {
      inputs.add(List.of(new byte[length]));
    }
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_poseidon");
    for (Endianness order : Endianness.values()) {
      for (List<byte[]> input : inputs) {
        Payload payload = new Payload();
        long table = payload.putSlices(input);
        probe.call(
            payload,
            32,
            0L,
            order == Endianness.BIG ? 0L : 1L,
            table,
            (long) input.size(),
            SyscallProbe.RESULT);
      }
    }
    probe.compareMixed("poseidon", comparisons);
  }

  @Test
  void recoversSecp256k1Keys(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(3);
    record Input(byte[] hash, int id, byte[] signature) {}
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      inputs.add(new Input(cases.bytes(32), cases.below(4), cases.bytes(64)));
    }
    List<byte[]> edges = new ArrayList<>(Cases.edges(SECP256K1_ORDER, 32));
    // The x of a point may be beyond the order only by less than the prime is.
    edges.add(Cases.bigEndian(BigInteger.ONE.shiftLeft(128), 32));
    for (byte[] edge : edges) {
      for (int id = 0; id < 4; id++) {
        inputs.add(new Input(edge, id, cases.bytes(64)));
        inputs.add(new Input(cases.bytes(32), id, Cases.join(edge, cases.bytes(32))));
        inputs.add(new Input(cases.bytes(32), id, Cases.join(cases.bytes(32), edge)));
      }
    }
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_secp256k1_recover");
    for (Input input : inputs) {
      Payload payload = new Payload();
      long hash = payload.put(input.hash);
      long signature = payload.put(input.signature);
      probe.call(payload, 64, hash, (long) input.id, signature, SyscallProbe.RESULT);
    }
    probe.compareMixed("recovery", comparisons);
  }

  @Test
  void modularExponentiation(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(4);
    record Input(byte[] base, byte[] exponent, byte[] modulus) {}
    List<Input> inputs = new ArrayList<>();
    List<byte[]> small = new ArrayList<>(List.of(new byte[0], new byte[3]));
    for (int i = 0; i < 5; i++) {
      small.add(new byte[] {(byte) i});
      small.add(new byte[] {(byte) i, 0, 0});
    }
    for (byte[] base : small) {
      for (byte[] exponent : small) {
        for (byte[] modulus : small) {
          inputs.add(new Input(base, exponent, modulus));
        }
      }
    }
    for (int i = 0; i < 60; i++) {
      inputs.add(
          new Input(
              cases.bytes(cases.below(100)),
              cases.bytes(cases.below(40)),
              cases.bytes(1 + cases.below(100))));
    }
    for (int i = 0; i < 200; i++) {
      byte[] modulus = cases.bytes(1 + cases.below(512));
      modulus[0] |= 1;
      byte[] exponent = new byte[cases.below(cases.below(4) == 0 ? 512 : 80)];
      for (int k = cases.below(3); k > 0 && exponent.length > 0; k--) {
        exponent[cases.below(exponent.length)] = (byte) (1 << cases.below(8));
      }
      inputs.add(new Input(cases.bytes(cases.below(512)), exponent, modulus));
    }
    for (int i = 0; i < 8; i++) {
      int length = i == 0 ? 513 : 512;
      inputs.add(new Input(cases.bytes(length), cases.bytes(length - i), cases.bytes(512)));
    }
    SyscallProbe probe = new SyscallProbe(vm, Features.SYSCALLS, "sol_big_mod_exp");
    for (Input input : inputs) {
      Payload payload = new Payload();
      List<Long> parameters = new ArrayList<>();
      for (byte[] number : List.of(input.base, input.exponent, input.modulus)) {
        parameters.add(payload.put(number));
        parameters.add((long) number.length);
      }
      long table = payload.put(SyscallProbe.words(parameters));
      probe.call(payload, input.modulus.length, table, SyscallProbe.RESULT);
    }
    probe.compareMixed("power", comparisons);
  }
}
