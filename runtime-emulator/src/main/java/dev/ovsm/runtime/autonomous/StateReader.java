package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link StateWriter} wrote, trusting none of it.
 *
 * <p>Never makes more room than there are bytes left.
 */
final class StateReader {
  /** The longest text, in bytes. */
  private static final int MOST_TEXT = 1 << 16;

  private final byte[] bytes;
  private int at;

  StateReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Bytes that no simulation wrote. */
  static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1;

    Damaged(String what) {
      super(what);
    }
  }

  /** Complains unless something holds of what was read. */
  static void require(boolean holds, String what) {
    if (!holds) {
      throw new Damaged(what);
    }
  }

  int u8() {
    return bytes[take(1)] & 0xFF;
  }

  boolean flag() {
    int value = u8();
    require(value <= 1, "a flag is " + value);
    return value == 1;
  }

  long u64() {
    return LittleEndian.u64(bytes, take(Long.BYTES));
  }

  /** A number from {@code least} to {@code most}. */
  long number(long least, long most, String what) {
    long value = u64();
    require(value >= least && value <= most, what + " is " + value);
    return value;
  }

  /** How many things follow, each of at least {@code size} bytes. */
  int count(int size) {
    return (int) number(0, (bytes.length - at) / size, "a count");
  }

  Pubkey key() {
    return Pubkey.read(bytes, take(Pubkey.BYTES));
  }

  byte[] bytes(int most) {
    int length = (int) number(0, Math.min(most, bytes.length - at - Long.BYTES), "a length");
    int start = take(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  String text() {
    return new String(bytes(MOST_TEXT), StandardCharsets.UTF_8);
  }

  Account account() {
    long lamports = u64();
    Pubkey owner = key();
    boolean executable = flag();
    long rentEpoch = u64();
    return new Account(lamports, bytes(Account.MAX_DATA), owner, executable, rentEpoch);
  }

  /** What was read, which must be something. */
  static <T> T known(@Nullable T value, String what) {
    if (value == null) {
      throw new Damaged("no such " + what);
    }
    return value;
  }

  /** The one of some values that the next byte is the number of. */
  <T> T one(T[] values, ToIntFunction<T> number, String what) {
    int wanted = u8();
    for (T value : values) {
      if (number.applyAsInt(value) == wanted) {
        return value;
      }
    }
    return known(null, what);
  }

  /** Complains if anything is left. */
  void end() {
    require(at == bytes.length, "there is more than a state");
  }

  private int take(int length) {
    require(length <= bytes.length - at, "it ends too early");
    int start = at;
    at += length;
    return start;
  }
}
