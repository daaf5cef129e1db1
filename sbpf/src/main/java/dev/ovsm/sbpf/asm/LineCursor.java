package dev.ovsm.sbpf.asm;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.asm.Token.Kind;
import java.util.List;

/**
 * Reads the tokens of one line from left to right.
 *
 * <p>The first problem of a line gets a diagnostic, later ones would only repeat it; reading goes
 * on with values of no meaning, and {@link #failed} says that the line is lost.
 */
final class LineCursor {
  private final Source source;
  private final Diagnostics diagnostics;
  private final List<Token> tokens;
  private int next;
  private boolean failed;

  LineCursor(Source source, int start, int end, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.tokens = LineLexer.tokens(source.text(), start, end);
  }

  boolean failed() {
    return failed;
  }

  Token peek() {
    return peek(0);
  }

  /** The token so many places on, at most the end of the line. */
  Token peek(int ahead) {
    return tokens.get(Math.min(next + ahead, tokens.size() - 1));
  }

  Token take() {
    Token token = peek();
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  boolean atEnd() {
    return peek().kind() == Kind.END;
  }

  /** Takes a sign if it is next. */
  boolean accept(String sign) {
    boolean isNext = peek().is(sign);
    if (isNext) {
      take();
    }
    return isNext;
  }

  Span span(Token token) {
    return new Span(source, token.start(), token.end());
  }

  /** The span from a token to the last one of the line. */
  Span from(Token first) {
    int last = Math.max(0, tokens.size() - 2);
    return new Span(source, first.start(), Math.max(first.end(), tokens.get(last).end()));
  }

  /** Reports what is wrong at a token, and in {@code help} the way out. */
  void fail(Token at, ObjectCode code, String message, String help) {
    fail(Diagnostic.at(span(at), code, message).withHelp(help));
  }

  void fail(Diagnostic diagnostic) {
    if (!failed) {
      diagnostics.add(diagnostic);
    }
    failed = true;
  }

  /** Reports something that does not make the line wrong. */
  void warn(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }
}
