package dev.ovsm.sbpf.asm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;

/** Prints bytes as directives: text where they are readable, zeros by their number, else digits. */
final class ByteText {
  private static final int SHORTEST_TEXT = 4;
  private static final int SHORTEST_ZEROS = 16;
  private static final int BYTES_A_LINE = 32;
  private static final int LONGEST_TEXT = 80;

  private final StringBuilder out;
  private final byte[] bytes;
  private int pending;
  private int at;

  private ByteText(StringBuilder out, byte[] bytes) {
    this.out = out;
    this.bytes = bytes;
  }

  /** Appends the directives for {@code bytes}, a line each. */
  static void print(StringBuilder out, byte[] bytes) {
    new ByteText(out, bytes).print();
  }

  private void print() {
    while (at < bytes.length) {
      int zeros = zeros();
      if (zeros >= SHORTEST_ZEROS) {
        digits();
        out.append("    .zero ").append(zeros).append('\n');
        at += zeros;
        pending = at;
        continue;
      }
      int text = text();
      if (text >= SHORTEST_TEXT) {
        digits();
        String words = new String(bytes, at, text, UTF_8);
        out.append("    .string ").append(Names.quoted(words)).append('\n');
        at += text;
        pending = at;
      } else {
        at += Math.max(1, Math.max(zeros, text));
        if (at - pending >= BYTES_A_LINE) {
          digits();
        }
      }
    }
    digits();
  }

  /** Writes what was passed over as hexadecimal digits. */
  private void digits() {
    for (int start = pending; start < at; start += BYTES_A_LINE) {
      int end = Math.min(at, start + BYTES_A_LINE);
      out.append("    .hex");
      for (int i = start; i < end; i++) {
        if ((i - start) % 8 == 0) {
          out.append(' ');
        }
        out.append(Character.forDigit((bytes[i] >> 4) & 0xF, 16));
        out.append(Character.forDigit(bytes[i] & 0xF, 16));
      }
      out.append('\n');
    }
    pending = at;
  }

  /** How many zeros begin here. */
  private int zeros() {
    int end = at;
    while (end < bytes.length && bytes[end] == 0) {
      end++;
    }
    return end - at;
  }

  /** How many bytes of readable text begin here, at most a line of it. */
  private int text() {
    int end = at;
    for (int characters = 0; characters < LONGEST_TEXT && end < bytes.length; characters++) {
      int length = characterAt(end);
      if (length == 0) {
        break;
      }
      boolean endsLine = bytes[end] == '\n';
      end += length;
      if (endsLine) {
        break;
      }
    }
    return end - at;
  }

  /** How many bytes the readable character at an offset takes, 0 if there is none. */
  private int characterAt(int offset) {
    int first = bytes[offset];
    if (first >= 0) {
      boolean isReadable = (first >= ' ' && first != 0x7F) || first == '\n' || first == '\t';
      return isReadable ? 1 : 0;
    }
    int length = (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
    if (offset + length > bytes.length) {
      return 0;
    }
    CharsetDecoder decoder = UTF_8.newDecoder();
    CharBuffer decoded = CharBuffer.allocate(2);
    boolean isMalformed =
        decoder.decode(ByteBuffer.wrap(bytes, offset, length), decoded, true).isError();
    return !isMalformed && Names.isPrintable(Character.codePointAt(decoded.flip(), 0)) ? length : 0;
  }
}
