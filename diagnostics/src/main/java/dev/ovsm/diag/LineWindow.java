package dev.ovsm.diag;

/**
 * As much of a line as is shown around a place: all of it unless it is long, then a part in which
 * the place begins, with a sign at each end where more of the line is.
 */
final class LineWindow {
  private static final int WIDEST = 200;

  /** How much is shown before a place that is far to the right. */
  private static final int LEAD = 60;

  /** As many UTF-16 units as matter, with one that is cut off. */
  static final int MOST_UNITS = 2 * WIDEST + 2;

  private static final String MORE = "…";

  private final String whole;
  private final int from;
  private final int end;
  private final boolean isCut;

  private LineWindow(String whole, int start, int from, int end) {
    this.whole = whole;
    this.from = from;
    this.end = end;
    this.isCut = from > start;
  }

  /** The window around the beginning of a span, in its first line. */
  static LineWindow around(Span span) {
    Source source = span.source();
    String text = source.text();
    int start = source.offset(span.line(), 1);
    int end = source.lineEnd(span.line());
    int at = Math.min(span.start(), end);
    int last = Math.min(Math.max(span.end(), at), end);
    boolean isNear = last <= start + MOST_UNITS && text.codePointCount(start, last) <= WIDEST;
    int from = isNear ? start : Math.max(start, Math.min(at - LEAD, end - WIDEST));
    boolean isInside = from > start && Character.isLowSurrogate(text.charAt(from));
    return new LineWindow(text, start, isInside ? from - 1 : from, end);
  }

  /** What is shown. */
  String text() {
    String shown = whole.substring(from, Math.min(end, from + MOST_UNITS));
    return isCut ? MORE + clip(shown) : clip(shown);
  }

  /** Whether a span begins in what is shown. */
  boolean shows(Span span) {
    return span.start() >= from && columns(span.start()) <= WIDEST;
  }

  /** Signs below as much of a span as is shown, at least one. */
  String underline(Span span, char sign) {
    int before = columns(span.start());
    int width = Math.max(1, Math.min(columns(span.end()), WIDEST) - before);
    return " ".repeat(before + (isCut ? 1 : 0)) + String.valueOf(sign).repeat(width);
  }

  /** How many characters of the window are before an offset; those beyond it count little. */
  private int columns(int offset) {
    int last = Math.min(Math.min(offset, end), from + MOST_UNITS);
    return whole.codePointCount(from, Math.max(from, last));
  }

  /** As much of a text as a window shows. */
  static String clip(String line) {
    return line.length() <= WIDEST || line.codePointCount(0, line.length()) <= WIDEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, WIDEST)) + MORE;
  }
}
