package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Span;
import java.util.List;

/** A YAML document as it stands in its file: every text as it was written, with its place. */
sealed interface Node {
  Span span();

  /** What kind of thing it is, for people. */
  String kind();

  /**
   * A word, a number or a quoted text.
   *
   * @param offset where the value begins in the span, past a quote
   */
  record Text(Span span, String value, int offset) implements Node {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** Several nodes in order. */
  record Items(Span span, List<Node> items) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Named nodes in order; names may occur twice. */
  record Members(Span span, List<Member> members) implements Node {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A name and what it stands for. */
  record Member(Text name, Node value) {}
}
