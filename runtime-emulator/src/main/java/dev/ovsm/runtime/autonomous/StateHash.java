package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** One number for everything that decides how a simulation goes on. */
final class StateHash {
  private StateHash() {}

  /** SHA-256 over the accounts by ascending key and the engine's state, in hexadecimal. */
  static String of(Map<Pubkey, Account> accounts, Engine engine) {
    MessageDigest digest = sha256();
    for (Map.Entry<Pubkey, Account> entry : new TreeMap<>(accounts).entrySet()) {
      StateWriter one = new StateWriter().key(entry.getKey()).account(entry.getValue());
      digest.update(one.toBytes());
    }
    digest.update(EngineState.write(engine));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
