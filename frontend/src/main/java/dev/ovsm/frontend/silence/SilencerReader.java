package dev.ovsm.frontend.silence;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the silencers of one source. */
final class SilencerReader {
  private static final String SHAPE = "; ovsm: allow W0003, because REASON";
  private static final String BECAUSE = "because";
  private final Source source;
  private final List<Diagnostic> problems;
  private final List<Silencer> found = new ArrayList<>();
  private @Nullable List<Form> forms;

  private SilencerReader(Source source, List<Diagnostic> problems) {
    this.source = source;
    this.problems = problems;
  }

  /** The silencers that are well written; what is wrong with others goes to {@code problems}. */
  static List<Silencer> read(Source source, List<Diagnostic> problems) {
    SilencerReader reader = new SilencerReader(source, problems);
    Comments.of(source).forEach(reader::comment);
    return reader.found;
  }

  private void comment(Span comment) {
    String text = comment.text().replaceFirst("^;+", "").strip();
    if (!text.startsWith("ovsm:")) {
      return;
    }
    String order = text.substring("ovsm:".length()).strip();
    int reason = order.indexOf(BECAUSE);
    String head = (reason < 0 ? order : order.substring(0, reason)).replace(',', ' ').strip();
    List<String> words = List.of(head.split("\\s+"));
    boolean whole = words.get(0).equals("allow-file");
    if (!whole && !words.get(0).equals("allow")) {
      bad(comment, "this comment is an order that ovsm does not know: " + words.get(0));
    } else if (words.size() == 1) {
      bad(comment, "this silencer names no warning");
    } else if (reason < 0 || order.substring(reason + BECAUSE.length()).isBlank()) {
      bad(comment, "this silencer gives no reason");
    } else {
      Span scope = whole ? source.whole() : scope(comment);
      List<String> codes = words.subList(1, words.size());
      codes.forEach(word -> code(comment, word, scope, codes.size() == 1));
    }
  }

  private void code(Span comment, String word, Span scope, boolean isAlone) {
    Optional<Code> code = Code.of(word);
    if (code.isEmpty()) {
      bad(comment, "there is no warning " + word);
    } else if (code.get().severity() == Severity.ERROR && !(code.get() instanceof VerifierCode)) {
      bad(comment, word + " is an error, which cannot be silenced");
    } else {
      found.add(new Silencer(comment, code.get(), scope, isAlone));
    }
  }

  private void bad(Span comment, String message) {
    problems.add(
        Diagnostic.at(comment, LintCode.BAD_SILENCER, message)
            .withHelp("write " + SHAPE + ", or allow-file for the whole file"));
  }

  /** The line before a comment if there is code on it, else the form that starts after it. */
  private Span scope(Span comment) {
    int line = comment.line();
    int start = source.offset(line, 1);
    if (!source.text().substring(start, comment.start()).isBlank()) {
      return new Span(source, start, comment.start());
    }
    int end = comment.end();
    return next(forms(), end, new Span(source, end, end));
  }

  /** The first form behind an offset: one of some, or one inside of them, or another. */
  private Span next(List<Form> some, int offset, Span other) {
    int at = 0;
    while (at < some.size() && some.get(at).span().end() <= offset) {
      at++;
    }
    if (at == some.size()) {
      return other;
    }
    Form form = some.get(at);
    if (form.span().start() >= offset) {
      return named(some, at);
    }
    Span after = at + 1 < some.size() ? named(some, at + 1) : other;
    return form instanceof Form.Sequence list ? next(list.items(), offset, after) : after;
  }

  /** The form at an index, and with a keyword the value that it names. */
  private Span named(List<Form> forms, int index) {
    boolean names = forms.get(index) instanceof Form.Keyword && index + 1 < forms.size();
    Span last = forms.get(names ? index + 1 : index).span();
    return new Span(source, forms.get(index).span().start(), last.end());
  }

  private List<Form> forms() {
    List<Form> read = forms;
    if (read == null) {
      read = Reader.read(source, new Diagnostics());
      forms = read;
    }
    return read;
  }
}
