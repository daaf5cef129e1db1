package dev.ovsm.tests.drawn;

import dev.ovsm.sbpf.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The address of a program for seeds: a hash that is no point of the curve. */
record DerivedAddress(byte[] bytes, int bump) {
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  /** −121665 / 121666. */
  private static final BigInteger D =
      BigInteger.valueOf(-121_665)
          .multiply(BigInteger.valueOf(121_666).modInverse(PRIME))
          .mod(PRIME);

  /** The address of the highest bump that has one. */
  static DerivedAddress find(List<byte[]> seeds, byte[] program) {
    for (int bump = 255; bump > 0; bump--) {
      List<byte[]> all = new ArrayList<>(seeds);
      all.add(new byte[] {(byte) bump});
      byte[] made = create(all, program);
      if (made != null) {
        return new DerivedAddress(made, bump);
      }
    }
    throw new IllegalStateException("no bump");
  }

  /** The address for seeds with their bump, or null if that is a point of the curve. */
  static byte @Nullable [] create(List<byte[]> seeds, byte[] program) {
    MessageDigest digest = Sha256.digest();
    seeds.forEach(digest::update);
    digest.update(program);
    byte[] made = digest.digest("ProgramDerivedAddress".getBytes(StandardCharsets.US_ASCII));
    return isPoint(made) ? null : made;
  }

  /** Whether (y² − 1) / (d y² + 1) is a square. */
  private static boolean isPoint(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    BigInteger square = new BigInteger(1, reversed).clearBit(255).pow(2);
    BigInteger up = square.subtract(BigInteger.ONE).mod(PRIME);
    BigInteger down = square.multiply(D).add(BigInteger.ONE).mod(PRIME);
    BigInteger power = PRIME.subtract(BigInteger.ONE).shiftRight(1);
    BigInteger residue = up.multiply(down).modPow(power, PRIME);
    return residue.signum() == 0 || residue.equals(BigInteger.ONE);
  }
}
