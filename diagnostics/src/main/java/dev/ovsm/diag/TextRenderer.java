package dev.ovsm.diag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Renders a diagnostic for a terminal: header, source lines with carets, notes, help and the fix as
 * a diff.
 *
 * <p>Control characters of the source are replaced, so that a hostile file cannot steer a terminal.
 */
public final class TextRenderer {
  /** The rendered lines, each ended by {@code \n}. */
  public String render(Diagnostic d) {
    StringBuilder out = new StringBuilder();
    out.append(d.severity().word()).append('[').append(d.code().id()).append("]: ");
    out.append(printable(d.message())).append('\n');
    Span primary = d.primary();
    int margin = primary == null ? 1 : margin(d, primary);
    String gutter = " ".repeat(margin);
    if (primary != null) {
      out.append(gutter).append("--> ").append(printable(primary.toString())).append('\n');
      snippet(out, d, primary, margin);
    } else {
      out.append(gutter).append("--> ").append(printable(String.valueOf(d.place()))).append('\n');
    }
    for (String note : d.remarks()) {
      out.append(gutter).append(" = note: ").append(printable(note)).append('\n');
    }
    if (d.help() != null) {
      out.append(gutter).append(" = help: ").append(printable(d.help())).append('\n');
    }
    if (d.fix() != null) {
      diff(out, d.fix(), margin);
    }
    return out.toString();
  }

  private static int margin(Diagnostic d, Span primary) {
    int last = primary.line();
    for (Label label : d.labels()) {
      last = Math.max(last, label.span().line());
    }
    return String.valueOf(last).length();
  }

  private static void snippet(StringBuilder out, Diagnostic d, Span primary, int margin) {
    if (!primary.isReal()) {
      return;
    }
    String gutter = " ".repeat(margin) + " |";
    out.append(gutter).append('\n');
    List<Mark> marks = new ArrayList<>();
    marks.add(new Mark(primary, "", '^'));
    for (Label label : d.labels()) {
      if (label.span().source() == primary.source()) {
        marks.add(new Mark(label.span(), label.text(), '-'));
      }
    }
    marks.sort(Comparator.comparingInt(mark -> mark.span.start()));
    List<Mark> unseen = new ArrayList<>();
    int shown = 0;
    LineWindow window = LineWindow.around(primary);
    for (Mark mark : marks) {
      int line = mark.span.line();
      if (line != shown) {
        if (shown != 0 && line > shown + 1) {
          out.append("...\n");
        }
        window = LineWindow.around(line == primary.line() ? primary : mark.span);
        String number = String.format(Locale.ROOT, "%" + margin + "d", line);
        out.append(number).append(" | ").append(printable(window.text())).append('\n');
        shown = line;
      }
      if (window.shows(mark.span)) {
        String text = mark.text.isEmpty() ? "" : " " + printable(mark.text);
        String under = window.underline(mark.span, mark.sign);
        out.append(gutter).append(' ').append(under).append(text).append('\n');
      } else {
        unseen.add(mark);
      }
    }
    unseen.forEach(mark -> elsewhere(out, gutter, mark.span, mark.text));
    for (Label label : d.labels()) {
      if (label.span().source() != primary.source() && label.span().isReal()) {
        elsewhere(out, gutter, label.span(), label.text());
      }
    }
  }

  private static void elsewhere(StringBuilder out, String gutter, Span span, String text) {
    out.append(gutter.replace('|', ':')).append(' ').append(span);
    out.append(": ").append(printable(text)).append('\n');
  }

  private static void diff(StringBuilder out, Fix fix, int margin) {
    Source source = fix.span().source();
    out.append(" ".repeat(margin)).append(" = fix: ").append(printable(fix.description()));
    out.append('\n');
    int first = source.line(fix.span().start());
    int last = source.line(Math.max(fix.span().start(), fix.span().end() - 1));
    int lastEnd = source.lineEnd(source.line(fix.span().end()));
    String after =
        part(source, source.offset(first, 1), fix.span().start())
            + fix.replacement()
            + part(source, Math.min(fix.span().end(), lastEnd), lastEnd);
    for (int line = first; line <= last; line++) {
      out.append(String.format(Locale.ROOT, "%" + margin + "d", line)).append(" - ");
      out.append(shown(source, line)).append('\n');
    }
    for (String added : after.split("\n", -1)) {
      out.append(String.format(Locale.ROOT, "%" + margin + "d", first++)).append(" + ");
      out.append(printable(LineWindow.clip(added))).append('\n');
    }
  }

  /** As much of a text as is shown of a line. */
  private static String part(Source source, int from, int to) {
    return source.text().substring(from, Math.min(to, from + LineWindow.MOST_UNITS));
  }

  private static String shown(Source source, int line) {
    return printable(LineWindow.clip(source.lineText(line, LineWindow.MOST_UNITS)));
  }

  /** Tabs become one space, so that columns stay aligned; other control characters become �. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean steers =
                  Character.getType(c) == Character.CONTROL
                      || Character.getType(c) == Character.FORMAT;
              out.appendCodePoint(c == '\t' ? ' ' : steers && c != 0x200D ? '\uFFFD' : c);
            });
    return out.toString();
  }

  private record Mark(Span span, String text, char sign) {}
}
