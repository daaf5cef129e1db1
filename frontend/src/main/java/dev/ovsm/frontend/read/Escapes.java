package dev.ovsm.frontend.read;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.Span;
import java.util.function.Consumer;

/** Resolves the escapes of a string token; an unknown one stands for itself and is reported. */
final class Escapes {
  private final String text;
  private final Span span;
  private final Consumer<Diagnostic> report;
  private final StringBuilder out = new StringBuilder();
  private int at = 1;

  private Escapes(String text, Span span, Consumer<Diagnostic> report) {
    this.text = text;
    this.span = span;
    this.report = report;
  }

  /** The value of the string token {@code text}, which includes its quotes. */
  static String resolve(String text, Span span, Consumer<Diagnostic> report) {
    if (text.indexOf('\\') < 0) {
      return text.substring(1, text.length() - 1);
    }
    Escapes escapes = new Escapes(text, span, report);
    escapes.run();
    return escapes.out.toString();
  }

  private void run() {
    int end = text.length() - 1;
    while (at < end) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c);
        at++;
        continue;
      }
      int start = at;
      char kind = text.charAt(at + 1);
      at += 2;
      switch (kind) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case '0' -> out.append('\0');
        case '\\' -> out.append('\\');
        case '"' -> out.append('"');
        case 'x' -> hexadecimal(start, at, Math.min(at + 2, end));
        case 'u' -> braced(start, end);
        default -> bad(start);
      }
    }
  }

  private void braced(int start, int end) {
    int close = text.indexOf('}', at);
    if (at >= end || text.charAt(at) != '{' || close < 0 || close > at + 7) {
      bad(start);
      return;
    }
    hexadecimal(start, at + 1, close);
    at = close + 1;
  }

  private void hexadecimal(int start, int from, int to) {
    int point = 0;
    boolean good = to > from;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      good &= digit >= 0;
      point = point * 16 + Math.max(digit, 0);
    }
    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (!good || !Character.isValidCodePoint(point) || surrogate) {
      at = to;
      bad(start);
      return;
    }
    out.appendCodePoint(point);
    at = to;
  }

  private void bad(int start) {
    int from = span.start() + start;
    int to = Math.min(span.start() + Math.max(at, start + 2), span.end());
    report.accept(
        Diagnostic.at(
                new Span(span.source(), from, to),
                ReadCode.BAD_ESCAPE,
                "no such escape in a string")
            .withHelp("the escapes are \\n \\t \\r \\0 \\\\ \\\" \\x41 and \\u{1F493}"));
  }
}
