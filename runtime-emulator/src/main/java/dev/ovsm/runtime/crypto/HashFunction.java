package dev.ovsm.runtime.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** The hash functions of the syscalls. */
public enum HashFunction {
  SHA256(32),
  SHA512(64),
  /** Keccak with the padding that Ethereum uses, not SHA-3's. */
  KECCAK256(32),
  BLAKE3(32);

  private final int length;

  HashFunction(int length) {
    this.length = length;
  }

  /** The number of bytes of a hash. */
  public int length() {
    return length;
  }

  /** The hash of some bytes. */
  public byte[] hash(byte[] bytes) {
    return hash(List.of(bytes));
  }

  /** The hash of some slices, one after the other. */
  public byte[] hash(List<byte[]> slices) {
    return switch (this) {
      case SHA256 -> digest("SHA-256", slices);
      case SHA512 -> digest("SHA-512", slices);
      case KECCAK256 -> digest(new KeccakDigest(256), slices);
      case BLAKE3 -> digest(new Blake3Digest(256), slices);
    };
  }

  private static byte[] digest(String algorithm, List<byte[]> slices) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      slices.forEach(digest::update);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static byte[] digest(Digest digest, List<byte[]> slices) {
    slices.forEach(slice -> digest.update(slice, 0, slice.length));
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }
}
