package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.sbpf.Utf8Sequence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strict UTF-8; a string that is none fails with the place and length of the first bad sequence.
 */
final class Utf8 {
  private static final int INCOMPLETE = -1;

  private Utf8() {}

  static String decode(Slice slice) {
    byte[] bytes = slice.bytes();
    int end = slice.offset() + slice.length();
    for (int at = slice.offset(); at < end; ) {
      int width = width(bytes, at, end);
      if (width <= 0) {
        byte[] shown = Arrays.copyOfRange(bytes, slice.offset(), end);
        int bad = badLength(bytes, at, end);
        String place =
            " from index " + (at - slice.offset()) + ": " + Arrays.toString(unsigned(shown));
        throw SyscallFailure.fault(
            bad == INCOMPLETE
                ? "incomplete utf-8 byte sequence" + place
                : "invalid utf-8 sequence of " + bad + " bytes" + place);
      }
      at += width;
    }
    return new String(bytes, slice.offset(), slice.length(), StandardCharsets.UTF_8);
  }

  /** The length of the well-formed sequence at an index, or 0. */
  private static int width(byte[] bytes, int at, int end) {
    int expected = Utf8Sequence.length(bytes[at] & 0xff);
    if (expected == 0 || expected > end - at) {
      return 0;
    }
    return Utf8Sequence.goodLength(bytes, at, end) == expected ? expected : 0;
  }

  private static int badLength(byte[] bytes, int at, int end) {
    int expected = Utf8Sequence.length(bytes[at] & 0xff);
    if (expected == 0) {
      return 1;
    }
    int good = Utf8Sequence.goodLength(bytes, at, end);
    return at + good == end ? INCOMPLETE : good;
  }

  private static int[] unsigned(byte[] bytes) {
    int[] values = new int[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }
}
