package dev.ovsm.tests.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.crypto.Bn254;
import dev.ovsm.runtime.crypto.CurvePoints;
import dev.ovsm.runtime.crypto.Ed25519;
import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.runtime.crypto.HashFunction;
import dev.ovsm.runtime.crypto.Secp256k1;
import dev.ovsm.tests.crypto.SignatureCases.Signed;
import dev.ovsm.tests.crypto.SyscallProbe.Payload;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An oracle that cannot disagree shows nothing: likely mistakes, made on purpose, are noticed. */
@ComparedWithRealVm(minimum = 700)
class PlantedBugsTest {
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  /** The differences of a right function, then those of a wrong one, over the same inputs. */
  private static void noticed(
      SyscallProbe probe,
      Comparisons comparisons,
      List<byte[]> inputs,
      Function<byte[], byte @Nullable []> right,
      Function<byte[], byte @Nullable []> wrong) {
    assertThat(probe.differences(all(inputs, right))).isZero();
    assertThat(probe.differences(all(inputs, wrong))).isPositive();
    comparisons.count(2L * inputs.size());
  }

  private static List<byte @Nullable []> all(
      List<byte[]> inputs, Function<byte[], byte @Nullable []> function) {
    List<byte @Nullable []> results = new ArrayList<>();
    inputs.forEach(input -> results.add(function.apply(input)));
    return results;
  }

  @Test
  void thePaddingOfSha3IsNotKeccaks(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(1);
    List<byte[]> inputs = List.of(cases.bytes(10), cases.bytes(200));
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_keccak256");
    for (byte[] input : inputs) {
      Payload payload = new Payload();
      probe.call(payload, 32, payload.putSlices(List.of(input)), 1L, SyscallProbe.RESULT);
    }
    noticed(
        probe,
        comparisons,
        inputs,
        HashFunction.KECCAK256::hash,
        input -> {
          SHA3Digest digest = new SHA3Digest(256);
          digest.update(input, 0, input.length);
          byte[] hash = new byte[32];
          digest.doFinal(hash, 0);
          return hash;
        });
  }

  @Test
  void anEdwardsYBeyondTheModulusIsAPoint(RealVm vm, Comparisons comparisons) {
    List<byte[]> inputs = Curve25519SyscallsTest.points(new Cases(2), 50);
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_curve_validate_point");
    for (byte[] input : inputs) {
      Payload payload = new Payload();
      probe.call(payload, 0, 0L, payload.put(input));
    }
    noticed(
        probe,
        comparisons,
        inputs,
        input -> CurvePoints.EDWARDS.isValid(input) ? new byte[0] : null,
        input -> {
          byte[] y = Cases.reversed(input);
          y[0] &= 0x7f;
          boolean canonical = new BigInteger(1, y).compareTo(PRIME) < 0;
          return canonical && CurvePoints.EDWARDS.isValid(input) ? new byte[0] : null;
        });
  }

  @Test
  void aHighSIsAllowed(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(3);
    List<byte[]> inputs = new ArrayList<>();
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_secp256k1_recover");
    byte[] hash = cases.bytes(32);
    for (int i = 0; i < 20; i++) {
      byte[] signature = cases.bytes(64);
      inputs.add(signature);
      Payload payload = new Payload();
      long hashAt = payload.put(hash);
      probe.call(payload, 64, hashAt, 0L, payload.put(signature), SyscallProbe.RESULT);
    }
    noticed(
        probe,
        comparisons,
        inputs,
        input -> Secp256k1.recover(hash, 0, input),
        input -> input[32] < 0 ? null : Secp256k1.recover(hash, 0, input));
  }

  @Test
  void littleEndianInputsAreNotPadded(RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(4);
    byte[] point = new byte[64];
    point[0] = 1;
    point[32] = 2;
    List<byte[]> inputs = List.of(point, Cases.join(point, point), cases.bytes(128));
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_alt_bn128_group_op");
    for (byte[] input : inputs) {
      Payload payload = new Payload();
      long at = payload.put(input);
      probe.call(payload, 64, 0x80L, at, (long) input.length, SyscallProbe.RESULT);
    }
    noticed(
        probe,
        comparisons,
        inputs,
        input -> Bn254.addG1(input, Endianness.LITTLE),
        input -> Bn254.addG1(Arrays.copyOf(input, 128), Endianness.LITTLE));
  }

  @Test
  void keysOfSmallOrderSignNothing(RealVm vm, Comparisons comparisons) {
    List<Signed> all = new SignatureCases(new Cases(5)).all();
    List<Boolean> real = Ed25519PrecompileTest.verdicts(vm, all);
    List<byte[]> small = SignatureCases.smallOrder();
    List<Boolean> lenient =
        all.stream()
            .map(
                signed ->
                    small.stream().anyMatch(key -> Arrays.equals(key, signed.key()))
                        || Ed25519.verify(signed.signature(), signed.key(), signed.message()))
            .toList();
    assertThat(lenient).isNotEqualTo(real);
    comparisons.count(all.size());
  }
}
