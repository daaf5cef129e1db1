package dev.ovsm.ir.text;

import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.ir.text.Lexer.Kind;
import dev.ovsm.ir.text.Lexer.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A position in the tokens of a text; what does not fit ends the parse with {@link Unreadable}. */
final class Reader {
  private final Source source;
  private final List<Token> tokens;
  private int next;

  Reader(Source source) {
    this.source = source;
    this.tokens = Lexer.tokens(source.text());
  }

  Token peek() {
    return tokens.get(next);
  }

  /** The token {@code ahead} positions further on, or the end. */
  Token peek(int ahead) {
    return tokens.get(Math.min(next + ahead, tokens.size() - 1));
  }

  Token take() {
    Token token = peek();
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  boolean accept(String text) {
    boolean found = peek().is(text);
    if (found) {
      take();
    }
    return found;
  }

  void expect(String text) {
    if (!accept(text)) {
      throw unreadable(peek(), "expected " + text);
    }
  }

  Token expect(Kind kind, String what) {
    if (peek().kind() != kind) {
      throw unreadable(peek(), "expected " + what);
    }
    return take();
  }

  /** A bare or quoted name. */
  String name() {
    Token token = peek();
    if (token.kind() == Kind.STRING) {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
    return expect(Kind.WORD, "a name").text();
  }

  byte[] bytes() {
    Token token = expect(Kind.STRING, "a string");
    if (token.text().length() < 2 || !token.text().endsWith("\"")) {
      throw unreadable(token, "the string has no end");
    }
    return Names.unquote(token.text());
  }

  /** A number of 64 bits: signed decimal, or hexadecimal. */
  long number() {
    Token token = expect(Kind.NUMBER, "a number");
    try {
      return token.text().startsWith("0x")
          ? Long.parseUnsignedLong(token.text(), 2, token.text().length(), 16)
          : Long.parseLong(token.text());
    } catch (NumberFormatException e) {
      throw unreadable(token, "not a number of 64 bits");
    }
  }

  /** A number of 32 bits. */
  int small() {
    Token token = peek();
    long number = number();
    if (number != (int) number) {
      throw unreadable(token, "not a number of 32 bits");
    }
    return (int) number;
  }

  Span span(Token token) {
    return new Span(source, token.start(), Math.min(end(token), source.text().length()));
  }

  /** From the start of a token to the end of the last one taken. */
  Span since(Token first) {
    Token last = tokens.get(Math.max(next - 1, 0));
    return new Span(source, first.start(), Math.max(first.start(), end(last)));
  }

  Unreadable unreadable(Token token, String problem) {
    return new Unreadable(span(token), problem + ", found " + token.text());
  }

  private static int end(Token token) {
    return token.kind() == Kind.END ? token.start() : token.start() + token.text().length();
  }

  /** Text that is no IR; it never leaves the package. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    final transient Span span;

    Unreadable(Span span, String message) {
      super(message, null, false, false);
      this.span = span;
    }
  }
}
