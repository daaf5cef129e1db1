package dev.ovsm.ir.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The spelling of names and bytes in text IR: a bare word, or a quoted string of bytes. */
final class Names {
  private static final String HEX = "0123456789abcdef";

  private Names() {}

  /** A name as it stands in text: bare if it is a word, else quoted. */
  static String name(String name) {
    boolean bare = !name.isEmpty() && name.chars().allMatch(Names::isWord) && startsWord(name);
    return bare ? name : quote(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Printable ASCII stands for itself, every other byte is {@code \xHH}. */
  static String quote(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length + 2).append('"');
    for (byte each : bytes) {
      int b = each & 0xff;
      if (b == '"' || b == '\\') {
        out.append('\\').append((char) b);
      } else if (b >= 0x20 && b < 0x7f) {
        out.append((char) b);
      } else {
        out.append("\\x").append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
      }
    }
    return out.append('"').toString();
  }

  /** The bytes of a quoted string, quotes included; a wrong escape stands for itself. */
  static byte[] unquote(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    String inner = text.substring(1, text.length() - 1);
    int at = 0;
    while (at < inner.length()) {
      int c = inner.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\\' && at < inner.length()) {
        char escaped = inner.charAt(at++);
        if (escaped == 'x' && at + 2 <= inner.length()) {
          out.write(HEX.indexOf(inner.charAt(at)) << 4 | HEX.indexOf(inner.charAt(at + 1)));
          at += 2;
        } else {
          out.write(escaped);
        }
      } else {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** Whether the character may stand in a bare name; an arrow's {@code >} may not. */
  static boolean isWord(int c) {
    return isLetter(c) || (c >= '0' && c <= '9') || (c != 0 && "_.$-?!*/".indexOf(c) >= 0);
  }

  private static boolean startsWord(String name) {
    return name.charAt(0) == '_' || isLetter(name.charAt(0));
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
