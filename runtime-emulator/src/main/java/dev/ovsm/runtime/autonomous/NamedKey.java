package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Sha256;
import java.nio.charset.StandardCharsets;

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
    return Pubkey.of(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
