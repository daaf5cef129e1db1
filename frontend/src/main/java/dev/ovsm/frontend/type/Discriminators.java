package dev.ovsm.frontend.type;

import dev.ovsm.frontend.idl.IdlName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The 8 bytes that tell instructions, accounts and events apart, as Anchor computes them. */
final class Discriminators {
  static final int BYTES = 8;

  private Discriminators() {}

  /** The discriminator of an instruction, little-endian: {@code sha256("global:" + snake_name)}. */
  static long instruction(String name) {
    return of("global:" + IdlName.snake(name));
  }

  static long account(String name) {
    return of("account:" + name);
  }

  static long event(String name) {
    return of("event:" + name);
  }

  private static long of(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(Arrays.copyOf(hash, BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
