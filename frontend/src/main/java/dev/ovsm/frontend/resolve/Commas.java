package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Commas that end values, as other languages have them: here one belongs to a macro's template. */
final class Commas {
  private Commas() {}

  /** The forms behind commas, which are reported once for all of them. */
  static Set<Form> refused(List<Form> forms, Names names) {
    if (forms.stream().noneMatch(Commas::isBehind)) {
      return Set.of();
    }
    Set<Form> behind = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Form> in = forms.stream().filter(Commas::isBehind).toList();
    Span whole = in.get(0).span();
    for (Form form : in) {
      behind.add(form);
      whole = form.span().source() == whole.source() ? whole.to(form.span()) : whole;
    }
    names.report(
        Diagnostic.at(
                new Span(whole.source(), whole.start(), whole.start() + 1),
                LanguageCode.MALFORMED_FORM,
                "values are separated by spaces alone")
            .withHelp("leave the commas out; one belongs into a template of a macro")
            .withFix(new Fix("leave commas out", whole, without(in, whole))));
    return behind;
  }

  /** The text of a place without the commas before forms. */
  private static String without(List<Form> forms, Span whole) {
    String text = whole.source().text();
    StringBuilder kept = new StringBuilder();
    int from = whole.start();
    for (Form form : forms) {
      int comma = form.span().start();
      if (form.span().source() == whole.source() && comma >= from) {
        kept.append(text, from, comma);
        from = comma + 1;
      }
    }
    return kept.append(text, from, whole.end()).toString();
  }

  /** Whether a form stands behind a comma that ends what is before it. */
  private static boolean isBehind(Form form) {
    if (!(form instanceof Form.Sequence list)
        || list.items().size() != 2
        || !list.startsWith("unquote")) {
      return false;
    }
    String text = list.span().source().text();
    int comma = list.span().start();
    return comma > 0
        && comma < text.length()
        && text.charAt(comma) == ','
        && !Character.isWhitespace(text.charAt(comma - 1))
        && "([{'`,@".indexOf(text.charAt(comma - 1)) < 0;
  }
}
