package dev.ovsm.frontend.read;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.grammar.OvsmLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** The tokens of a source, with spans in UTF-16 units. */
record TokenList(Source source, List<TokenList.Item> items) {
  /** A token type of {@link OvsmLexer} and its place. */
  record Item(int type, Span span) {}

  static TokenList of(Source source, Diagnostics diagnostics) {
    OvsmLexer lexer = new OvsmLexer(CharStreams.fromString(source.text(), source.name()));
    lexer.removeErrorListeners();
    Offsets offsets = Offsets.of(source.text());
    List<Item> items = new ArrayList<>();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      int start = offsets.unit(token.getStartIndex());
      int end = offsets.unit(token.getStopIndex() + 1);
      items.add(new Item(token.getType(), new Span(source, start, end)));
    }
    if (lexer._mode == OvsmLexer.COMMENT) {
      int end = source.text().length();
      diagnostics.add(
          Diagnostic.at(
                  new Span(source, Math.max(0, end - 1), end),
                  ReadCode.UNCLOSED_COMMENT,
                  "the file ends inside a #| comment")
              .withHelp("close it with |#; block comments nest, each opening needs its own"));
    }
    return new TokenList(source, items);
  }

  /** From indices in code points, as ANTLR counts, to indices in UTF-16 units. */
  private static final class Offsets {
    private final int @org.jspecify.annotations.Nullable [] units;

    private Offsets(int @org.jspecify.annotations.Nullable [] units) {
      this.units = units;
    }

    static Offsets of(String text) {
      int points = text.codePointCount(0, text.length());
      if (points == text.length()) {
        return new Offsets(null);
      }
      int[] units = new int[points + 1];
      int at = 0;
      for (int point = 0; point < points; point++) {
        units[point] = at;
        at += Character.charCount(text.codePointAt(at));
      }
      units[points] = at;
      return new Offsets(units);
    }

    int unit(int point) {
      return units == null ? point : units[Math.min(point, units.length - 1)];
    }
  }
}
