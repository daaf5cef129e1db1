package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a quasi-quoted form: {@code ,x} becomes a value, {@code ,@x} the items of one. What comes
 * from the template stands at the place of the macro call, so that messages and source lines lead
 * there.
 */
final class Template {
  private final Evaluator evaluator;
  private final Environment scope;
  private final Span place;

  Template(Evaluator evaluator, Environment scope, Span place) {
    this.evaluator = evaluator;
    this.scope = scope;
    this.place = place;
  }

  Form fill(Form form, int depth) {
    evaluator.allowance().form(form.span());
    if (!(form instanceof Form.Sequence sequence)) {
      return Placed.at(form, place);
    }
    if (isPrefix(sequence, "unquote")) {
      Form inner = sequence.items().get(1);
      return depth == 1
          ? Evaluator.form(evaluator.evaluate(inner, scope), inner.span())
          : prefixed(sequence, fill(inner, depth - 1));
    }
    if (isPrefix(sequence, "quasiquote")) {
      return prefixed(sequence, fill(sequence.items().get(1), depth + 1));
    }
    List<Form> items = new ArrayList<>();
    for (Form item : sequence.items()) {
      if (item instanceof Form.Sequence splice && isPrefix(splice, "unquote-splicing")) {
        splice(splice, depth, items);
      } else {
        items.add(fill(item, depth));
      }
    }
    return new Form.Sequence(sequence.bracket(), items, place);
  }

  private void splice(Form.Sequence splice, int depth, List<Form> items) {
    Form inner = splice.items().get(1);
    if (depth > 1) {
      items.add(prefixed(splice, fill(inner, depth - 1)));
      return;
    }
    Value value = evaluator.evaluate(inner, scope);
    if (!(value instanceof Value.Data data && data.form() instanceof Form.Sequence list)) {
      throw new Failed(
          Diagnostic.at(splice.span(), LanguageCode.MACRO_FAILED, "this is no list to splice")
              .withHelp("insert one form with a comma alone"));
    }
    for (Form item : list.items()) {
      evaluator.allowance().form(item.span());
      items.add(item);
    }
  }

  static boolean isPrefix(Form.Sequence sequence, String word) {
    return sequence.items().size() == 2 && sequence.startsWith(word);
  }

  private Form prefixed(Form.Sequence sequence, Form inner) {
    Form head = Placed.at(sequence.items().get(0), place);
    return new Form.Sequence(sequence.bracket(), List.of(head, inner), place);
  }
}
