package dev.ovsm.sbpf.asm;

import dev.ovsm.sbpf.asm.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Cuts one line of assembly into tokens; a comment, from a semicolon on, is dropped. */
final class LineLexer {
  private final String text;
  private final int end;
  private int at;

  private LineLexer(String text, int start, int end) {
    this.text = text;
    this.at = start;
    this.end = end;
  }

  /** The tokens of {@code text[start, end)}; the last one has the kind END. */
  static List<Token> tokens(String text, int start, int end) {
    LineLexer lexer = new LineLexer(text, start, end);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.next();
      tokens.add(token);
    } while (token.kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    while (at < end && isBlank(text.charAt(at))) {
      at++;
    }
    int start = at;
    if (at == end || text.charAt(at) == ';') {
      return new Token(Kind.END, "end of line", start, start, 0);
    }
    char first = text.charAt(at);
    if (first == '"') {
      return string();
    }
    if (first == '+' || first == '-') {
      at++;
      while (at < end && isBlank(text.charAt(at))) {
        at++;
      }
      return number(start);
    }
    if (isDigit(first)) {
      return number(start);
    }
    if (isWordPart(first)) {
      while (at < end && isWordPart(text.charAt(at))) {
        at++;
      }
      return new Token(Kind.WORD, text.substring(start, at), start, at, 0);
    }
    at++;
    boolean isSign = ",:[]".indexOf(first) >= 0;
    return new Token(isSign ? Kind.SIGN : Kind.WRONG, text.substring(start, at), start, at, 0);
  }

  private Token number(int start) {
    int digits = at;
    while (at < end && isWordPart(text.charAt(at))) {
      at++;
    }
    String word = text.substring(digits, at).replace("_", "");
    boolean isHex = word.startsWith("0x") || word.startsWith("0X");
    boolean isNegative = text.charAt(start) == '-';
    OptionalLong value = value(isHex ? word.substring(2) : word, isHex ? 16 : 10);
    if (value.isPresent()) {
      long magnitude = value.getAsLong();
      if (!isNegative || magnitude >= 0 || magnitude == Long.MIN_VALUE) {
        long signed = isNegative ? -magnitude : magnitude;
        return new Token(Kind.NUMBER, text.substring(start, at), start, at, signed);
      }
    }
    return new Token(Kind.WRONG, text.substring(start, at), start, at, 0);
  }

  /** The unsigned number that digits write, if it has at most 64 bits. */
  private static OptionalLong value(String digits, int radix) {
    long value = 0;
    long most = Long.divideUnsigned(-1, radix);
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0 || Long.compareUnsigned(value, most) > 0) {
        return OptionalLong.empty();
      }
      long next = value * radix + digit;
      if (Long.compareUnsigned(next, digit) < 0) {
        return OptionalLong.empty();
      }
      value = next;
    }
    return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private Token string() {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < end && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        int escaped = escape();
        if (escaped < 0) {
          return new Token(Kind.WRONG, text.substring(start, at), start, at, 0);
        }
        value.appendCodePoint(escaped);
      } else {
        value.append(c);
      }
    }
    if (at == end) {
      return new Token(Kind.WRONG, text.substring(start, at), start, at, 0);
    }
    at++;
    return new Token(Kind.STRING, value.toString(), start, at, 0);
  }

  /** The character of an escape after its backslash, -1 if there is no such escape. */
  private int escape() {
    char c = at < end ? text.charAt(at) : ' ';
    at = Math.min(at + 1, end);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '0' -> 0;
      case '"', '\\' -> c;
      default -> -1;
    };
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether a character can be in a name that is not in quotes. */
  static boolean isWordPart(char c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '.'
        || c == '$';
  }
}
