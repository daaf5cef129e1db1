package dev.ovsm.runtime.crypto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses that a program derives from seeds, for which no one has a secret key. */
public final class ProgramAddress {
  /** More seeds than this, the bump included, or a longer seed, make no address. */
  public static final int MAX_SEEDS = 16;

  /** The greatest length of a seed in bytes. */
  public static final int MAX_SEED_LENGTH = 32;

  private static final byte[] MARKER = "ProgramDerivedAddress".getBytes(StandardCharsets.US_ASCII);

  private ProgramAddress() {}

  /** An address of 32 bytes with the bump, an unsigned byte, that keeps it off the curve. */
  public record Found(byte[] address, int bump) {}

  /** The address for the seeds and a program's id, or null when it is a point of edwards25519. */
  public static byte @Nullable [] create(List<byte[]> seeds, byte[] programId) {
    List<byte[]> slices = new ArrayList<>(seeds);
    slices.add(programId);
    slices.add(MARKER);
    byte[] address = HashFunction.SHA256.hash(slices);
    return CurvePoints.EDWARDS.isValid(address) ? null : address;
  }

  /** The address with the greatest bump from 255 to 1 as a last seed; null when there is none. */
  public static @Nullable Found find(List<byte[]> seeds, byte[] programId) {
    List<byte[]> bumped = new ArrayList<>(seeds);
    bumped.add(new byte[1]);
    for (int bump = 255; bump > 0; bump--) {
      bumped.set(seeds.size(), new byte[] {(byte) bump});
      byte[] address = create(bumped, programId);
      if (address != null) {
        return new Found(address, bump);
      }
    }
    return null;
  }
}
