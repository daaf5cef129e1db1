package dev.ovsm.ir.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts text IR into tokens; {@code ;} starts a comment. The last token is always {@code END}. */
final class Lexer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** What a token is. */
  enum Kind {
    WORD,
    /** Quotes included. */
    STRING,
    NUMBER,
    /** A percent sign and a number. */
    VALUE,
    /** One character, or the arrow. */
    SIGN,
    END
  }

  /** A token and where its text starts. */
  record Token(Kind kind, String text, int start) {
    boolean is(String sign) {
      return text.equals(sign) && kind != Kind.STRING;
    }
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ';') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        token(c);
      }
    }
    tokens.add(new Token(Kind.END, "end of text", text.length()));
  }

  private void token(char c) {
    int end = at + 1;
    Kind kind = Kind.SIGN;
    if (c == '"') {
      kind = Kind.STRING;
      while (end < text.length() && text.charAt(end) != '"') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      end = Math.min(end + 1, text.length());
    } else if (c == '%' || isDigit(c) || (c == '-' && isDigit(peek(end)))) {
      kind = c == '%' ? Kind.VALUE : Kind.NUMBER;
      while (Names.isWord(peek(end))) {
        end++;
      }
    } else if (c == '-' && peek(end) == '>') {
      end++;
    } else if (c != '-' && Names.isWord(c)) {
      kind = Kind.WORD;
      while (Names.isWord(peek(end)) && !arrow(end)) {
        end++;
      }
    }
    tokens.add(new Token(kind, text.substring(at, end), at));
    at = end;
  }

  private boolean arrow(int index) {
    return peek(index) == '-' && peek(index + 1) == '>';
  }

  private char peek(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
