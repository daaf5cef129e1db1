package dev.ovsm.frontend.silence;

import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import java.util.ArrayList;
import java.util.List;

/** Finds the line comments of a source, in one pass that knows strings and block comments. */
final class Comments {
  private final String text;
  private int at;

  private Comments(String text) {
    this.text = text;
  }

  static List<Span> of(Source source) {
    Comments comments = new Comments(source.text());
    List<Span> found = new ArrayList<>();
    while (comments.at < comments.text.length()) {
      int start = comments.at;
      if (comments.skip()) {
        found.add(new Span(source, start, comments.at));
      }
    }
    return found;
  }

  /** Goes past one thing; whether it was a line comment. */
  private boolean skip() {
    char c = text.charAt(at);
    if (c == ';') {
      int line = text.indexOf('\n', at);
      at = line < 0 ? text.length() : line;
      return true;
    } else if (c == '"') {
      string();
    } else if (text.startsWith("#|", at)) {
      block();
    } else if (text.startsWith("#\\", at)) {
      at = Math.min(text.length(), at + 3);
    } else if (text.startsWith("#;", at)) {
      at += 2;
    } else {
      at++;
    }
    return false;
  }

  private void string() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at + 1);
  }

  private void block() {
    int depth = 0;
    do {
      if (text.startsWith("#|", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("|#", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
  }
}
