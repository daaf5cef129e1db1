package dev.ovsm.cli.eval;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.FormPrinter;
import dev.ovsm.frontend.read.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The last three values, which {@code *1}, {@code *2} and {@code *3} stand for, the latest first.
 *
 * <p>A number, a truth value, a text or a key is itself; what cannot be written down is computed
 * again where it is used.
 */
final class Recalled {
  private static final int MOST = 3;

  /** What is longer is not kept: expressions could double it again and again. */
  private static final int MOST_TEXT = 1 << 16;

  /** Forms, the latest first; empty in the place of one that is too long. */
  private final List<String> values = new ArrayList<>();

  /** Keeps a value. */
  void add(String text, Type type, Source expression) {
    String form = form(text, type, expression);
    values.add(0, form.length() > MOST_TEXT ? "" : form);
    if (values.size() > MOST) {
      values.remove(MOST);
    }
  }

  void clear() {
    values.clear();
  }

  /** The text with values in the place of the names that stand for them. */
  Source in(Source source) {
    StringBuilder text = new StringBuilder(source.text());
    Deque<Form> pending = new ArrayDeque<>(Reader.read(source, new Diagnostics()));
    List<Form.Symbol> names = new ArrayList<>();
    for (Form form = pending.poll(); form != null; form = pending.poll()) {
      if (form instanceof Form.Sequence list) {
        list.items().forEach(pending::push);
      } else if (form instanceof Form.Symbol symbol && isKept(number(symbol))) {
        names.add(symbol);
      }
    }
    names.sort(Comparator.comparingInt((Form.Symbol name) -> name.span().start()).reversed());
    for (Form.Symbol name : names) {
      Span span = name.span();
      text.replace(span.start(), span.end(), values.get(number(name)));
    }
    return names.isEmpty() ? source : new Source(source.name(), text.toString());
  }

  private boolean isKept(int number) {
    return number < values.size() && !values.get(number).isEmpty();
  }

  /** The place of the value among those that are kept, or one where there is none. */
  private static int number(Form.Symbol symbol) {
    return switch (symbol.name()) {
      case "*1" -> 0;
      case "*2" -> 1;
      case "*3" -> 2;
      default -> MOST;
    };
  }

  private static String form(String text, Type type, Source expression) {
    if (type instanceof Type.Int) {
      return "(the " + type.word() + " " + text + ")";
    } else if (type == Basic.BOOL) {
      return text;
    } else if (type == Basic.PUBKEY) {
      return "#pubkey\"" + text + "\"";
    }
    return type == Basic.STRING ? quoted(text) : "(do " + expression.text().strip() + "\n)";
  }

  /** A text as the reader takes it. */
  static String quoted(String text) {
    return FormPrinter.print(new Form.Text(text, Span.none()));
  }
}
