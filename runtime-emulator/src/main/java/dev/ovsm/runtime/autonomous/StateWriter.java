package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Appends values to bytes in a form that says the same of equal states. */
final class StateWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  StateWriter u8(int value) {
    out.write(value);
    return this;
  }

  StateWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  StateWriter u64(long value) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  StateWriter key(Pubkey key) {
    out.writeBytes(key.bytes());
    return this;
  }

  /** Bytes behind their length. */
  StateWriter bytes(byte[] value) {
    u64(value.length);
    out.writeBytes(value);
    return this;
  }

  StateWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  StateWriter account(Account account) {
    return u64(account.lamports())
        .key(account.owner())
        .flag(account.executable())
        .u64(account.rentEpoch())
        .bytes(account.data());
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
