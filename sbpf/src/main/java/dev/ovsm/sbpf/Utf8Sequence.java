package dev.ovsm.sbpf;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The sequences of bytes that UTF-8 is made of, taken apart as the chain's own programs do it: what
 * is not well-formed ends before the first byte that cannot go on with it.
 */
public final class Utf8Sequence {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8Sequence() {}

  /** How long a sequence is by its first byte, 0 to 255; 0 if none begins with it. */
  public static int length(int first) {
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2) {
      return 0;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  }

  /** How many bytes from an index on could begin one sequence, as far as they are there. */
  public static int goodLength(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    int expected = length(first);
    int length = 1;
    while (length < expected && at + length < end) {
      int next = bytes[at + length] & 0xff;
      int low = 0x80;
      int high = 0xbf;
      if (length == 1) {
        // no overlong forms, no surrogates, nothing beyond the last code point
        low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : low;
        high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : high;
      }
      if (next < low || next > high) {
        return length;
      }
      length++;
    }
    return length;
  }

  /**
   * Text from bytes that must be well-formed.
   *
   * @param failure makes what is thrown if they are not, from words that say what is wrong
   */
  public static <E extends RuntimeException> String text(
      byte[] bytes, int from, int to, Function<String, E> failure) {
    Optional<String> error = error(bytes, from, to);
    if (error.isPresent()) {
      throw failure.apply(error.get());
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /**
   * What is wrong with bytes that are to be text, in the words of the chain: the place and length
   * of the first sequence that is broken, then all bytes; nothing of what is well-formed.
   */
  private static Optional<String> error(byte[] bytes, int from, int to) {
    for (int at = from; at < to; ) {
      int expected = length(bytes[at] & 0xff);
      int good = goodLength(bytes, at, to);
      if (good != expected) {
        boolean isIncomplete = expected > 0 && at + good == to;
        return Optional.of(
            (isIncomplete
                    ? "incomplete utf-8 byte sequence"
                    : "invalid utf-8 sequence of " + good + " bytes")
                + (" from index " + (at - from) + ": ")
                + IntStream.range(from, to).map(i -> bytes[i] & 0xff).boxed().toList());
      }
      at += good;
    }
    return Optional.empty();
  }

  /** Text from bytes; one replacement character stands for each sequence that is broken. */
  public static String lossyText(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int at = from; at < to; ) {
      int good = goodLength(bytes, at, to);
      if (good == length(bytes[at] & 0xff)) {
        text.append(new String(bytes, at, good, StandardCharsets.UTF_8));
      } else {
        text.append(REPLACEMENT);
      }
      at += good;
    }
    return text.toString();
  }
}
