package dev.ovsm.runtime.account;

import dev.ovsm.runtime.crypto.CurvePoints;
import dev.ovsm.runtime.crypto.HashFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Addresses that have no key pair: derived from seeds and the program that controls them. */
public final class DerivedAddress {
  /** The most seeds that go into an address, the bump seed included. */
  public static final int MAX_SEEDS = 16;

  /** The longest seed in bytes. */
  public static final int MAX_SEED = 32;

  /** Why there is no address for too many seeds or a seed too long. */
  public static final String SEED_TOO_LONG =
      "Length of the seed is too long for address generation";

  /** Why there is no address for seeds whose hash happens to be a public key. */
  public static final String ON_CURVE = "Provided seeds do not result in a valid address";

  private static final byte[] MARKER = "ProgramDerivedAddress".getBytes(StandardCharsets.US_ASCII);

  private DerivedAddress() {}

  /** An address and the last seed that led to it. */
  public record Found(Pubkey address, int bump) {}

  /** Whether seeds are few and short enough to be hashed at all. */
  public static boolean areAllowed(List<byte[]> seeds) {
    return seeds.size() <= MAX_SEEDS && seeds.stream().allMatch(seed -> seed.length <= MAX_SEED);
  }

  /** The address of a program's seeds; nothing if they are too long or yield a public key. */
  public static Optional<Pubkey> of(List<byte[]> seeds, Pubkey program) {
    if (!areAllowed(seeds)) {
      return Optional.empty();
    }
    List<byte[]> parts = new ArrayList<>(seeds);
    parts.add(program.bytes());
    parts.add(MARKER);
    byte[] hash = HashFunction.SHA256.hash(parts);
    return CurvePoints.EDWARDS.isValid(hash) ? Optional.empty() : Optional.of(Pubkey.of(hash));
  }

  /** The address with the highest bump seed from 255 down to 1 that yields one. */
  public static Optional<Found> find(List<byte[]> seeds, Pubkey program) {
    List<byte[]> all = new ArrayList<>(seeds);
    all.add(new byte[1]);
    for (int bump = 255; bump > 0; bump--) {
      all.set(seeds.size(), new byte[] {(byte) bump});
      Optional<Pubkey> address = of(all, program);
      if (address.isPresent()) {
        return Optional.of(new Found(address.get(), bump));
      }
    }
    return Optional.empty();
  }

  /**
   * An address for which {@code base} signs; nothing if it could be mistaken for a program's.
   *
   * @param seed at most {@link #MAX_SEED} bytes of UTF-8
   */
  public static Optional<Pubkey> withSeed(Pubkey base, byte[] seed, Pubkey owner) {
    byte[] end = owner.bytes();
    if (Arrays.equals(end, end.length - MARKER.length, end.length, MARKER, 0, MARKER.length)) {
      return Optional.empty();
    }
    return Optional.of(Pubkey.of(HashFunction.SHA256.hash(List.of(base.bytes(), seed, end))));
  }
}
