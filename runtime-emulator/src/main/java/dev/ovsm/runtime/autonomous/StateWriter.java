package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Appends values to bytes in a form that says the same of equal states. */
final class StateWriter {
  private final Sink sink;
  private final byte[] word = new byte[Long.BYTES];

  /** Where bytes go. */
  @FunctionalInterface
  interface Sink {
    void write(byte[] bytes, int offset, int length);
  }

  StateWriter(Sink sink) {
    this.sink = sink;
  }

  /** The bytes that something writes. */
  static byte[] bytesOf(java.util.function.Consumer<StateWriter> content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.accept(new StateWriter(out::write));
    return out.toByteArray();
  }

  StateWriter u8(int value) {
    word[0] = (byte) value;
    sink.write(word, 0, 1);
    return this;
  }

  StateWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  StateWriter u64(long value) {
    LittleEndian.put64(word, 0, value);
    sink.write(word, 0, Long.BYTES);
    return this;
  }

  StateWriter key(Pubkey key) {
    sink.write(key.bytes(), 0, Pubkey.BYTES);
    return this;
  }

  /** Bytes behind their length. */
  StateWriter bytes(byte[] value) {
    u64(value.length);
    sink.write(value, 0, value.length);
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
}
