package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Addresses that a simulation gives to wallets and accounts by name. */
public final class NamedKey {
  private NamedKey() {}

  /** The address of a name: sha256("ovsm:account:" + name). */
  public static Pubkey of(String name) {
    return hash("ovsm:account:" + name);
  }

  /** The default id of a program: sha256("ovsm:" + name). */
  public static Pubkey ofProgram(String name) {
    return hash("ovsm:" + name);
  }

  static Pubkey hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Pubkey.of(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
