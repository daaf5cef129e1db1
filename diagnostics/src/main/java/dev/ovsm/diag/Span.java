package dev.ovsm.diag;

/** The half-open range {@code [start, end)} of a source, in UTF-16 units. */
public record Span(Source source, int start, int end) {
  private static final Source NOWHERE = new Source("<generated>", "");

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + ".." + end);
    }
  }

  /** The span of code that no line of a source stands for. */
  public static Span none() {
    return new Span(NOWHERE, 0, 0);
  }

  /** Whether this is a place in a source that a user can open. */
  public boolean isReal() {
    return source != NOWHERE;
  }

  public int line() {
    return source.line(start);
  }

  public int column() {
    return source.column(start);
  }

  public String text() {
    return source.text().substring(start, Math.min(end, source.text().length()));
  }

  /** The smallest span that covers both; {@code other} must be of the same source. */
  public Span to(Span other) {
    return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
  }

  /** {@code path:line:column}, as editors and terminals make clickable. */
  @Override
  public String toString() {
    return source.name() + ":" + line() + ":" + column();
  }
}
