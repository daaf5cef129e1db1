package dev.ovsm.tests.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.crypto.CurvePoints;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ed25519 signatures: honest ones, damaged ones, and those on which verifiers differ. */
final class SignatureCases {
  /** A signature, the key and the message. */
  record Signed(byte[] signature, byte[] key, byte[] message) {}

  private static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final byte[] BASE =
      Cases.reversed(
          Cases.bigEndian(
              new BigInteger(
                  "6666666666666666666666666666666666666666666666666666666666666658", 16),
              32));
  private static final byte[] ORDER_8 =
      Cases.reversed(
          Cases.bigEndian(
              new BigInteger(
                  "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
              32));

  private final Cases cases;

  SignatureCases(Cases cases) {
    this.cases = cases;
  }

  /** The eight points whose order divides eight. */
  static List<byte[]> smallOrder() {
    List<byte[]> points = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      points.add(times(BigInteger.valueOf(i), ORDER_8));
    }
    byte[] eighth = times(BigInteger.valueOf(8), ORDER_8);
    assertThat(eighth).isEqualTo(points.get(0)).isNotEqualTo(points.get(4));
    return points;
  }

  List<Signed> all() {
    List<Signed> all = new ArrayList<>();
    List<byte[]> torsion = smallOrder();
    for (int i = 0; i < 40; i++) {
      Signed honest = sign(torsion.get(0), torsion.get(0), false);
      all.add(honest);
      all.add(new Signed(cases.damaged(honest.signature), honest.key, honest.message));
      all.add(new Signed(honest.signature, cases.damaged(honest.key), honest.message));
      all.add(new Signed(honest.signature, honest.key, cases.damaged(honest.message)));
      all.add(new Signed(withOrderAdded(honest.signature), honest.key, honest.message));
    }
    // A component of small order in the key, in R or in both is right for some messages only.
    for (byte[] inKey : torsion) {
      for (byte[] inR : torsion) {
        for (int i = 0; i < 4; i++) {
          all.add(sign(inKey, inR, false));
        }
        all.add(sign(inKey, inR, true));
      }
    }
    return all;
  }

  /**
   * A signature with a secret scalar (or with none: the key is only the small component); R and the
   * key have small components.
   */
  private Signed sign(byte[] inKey, byte[] inR, boolean noSecret) {
    BigInteger secret = noSecret ? BigInteger.ZERO : cases.numberBelow(ORDER);
    BigInteger nonce = cases.numberBelow(ORDER);
    byte[] key = sum(times(secret, BASE), inKey);
    byte[] r = sum(times(nonce, BASE), inR);
    byte[] message = cases.bytes(cases.below(200));
    BigInteger challenge =
        new BigInteger(1, Cases.reversed(sha512(Cases.join(r, key, message)))).mod(ORDER);
    byte[] s = scalar(nonce.add(challenge.multiply(secret)).mod(ORDER));
    return new Signed(Cases.join(r, s), key, message);
  }

  private static byte[] withOrderAdded(byte[] signature) {
    byte[] s = new byte[32];
    System.arraycopy(signature, 32, s, 0, 32);
    byte[] r = Arrays.copyOf(signature, 32);
    return Cases.join(r, scalar(new BigInteger(1, Cases.reversed(s)).add(ORDER)));
  }

  private static byte[] scalar(BigInteger number) {
    return Cases.reversed(Cases.bigEndian(number, 32));
  }

  private static byte[] times(BigInteger number, byte[] point) {
    return require(CurvePoints.EDWARDS.multiply(scalar(number), point));
  }

  private static byte[] sum(byte[] left, byte[] right) {
    return require(CurvePoints.EDWARDS.add(left, right));
  }

  private static byte[] require(byte @Nullable [] point) {
    if (point == null) {
      throw new AssertionError("no point");
    }
    return point;
  }

  private static byte[] sha512(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
