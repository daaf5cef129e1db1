package dev.ovsm.frontend.resolve;

import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes forms apart. */
final class Syntax {
  private Syntax() {}

  /** The items of a list or vector form, or nothing for any other form. */
  static Optional<List<Form>> items(Form form) {
    return form instanceof Form.Sequence sequence && sequence.bracket() != Form.Bracket.MAP
        ? Optional.of(sequence.items())
        : Optional.empty();
  }

  static Optional<String> symbol(Form form) {
    return form instanceof Form.Symbol symbol ? Optional.of(symbol.name()) : Optional.empty();
  }

  /** A field's name, which a keyword, a string and a symbol can all give. */
  static Optional<String> fieldName(Form form) {
    if (form instanceof Form.Keyword keyword) {
      return Optional.of(keyword.name());
    }
    if (form instanceof Form.Text text) {
      return Optional.of(text.value());
    }
    return Optional.empty();
  }

  /** The name that a symbol, keyword or text spells; what is written there for other forms. */
  static String word(Form form) {
    return symbol(form).or(() -> fieldName(form)).orElseGet(() -> form.span().text());
  }

  /** The text behind the name that a form defines, or nothing. */
  static String documentation(Form.Sequence form) {
    return form.items().size() > 2 && form.items().get(2) instanceof Form.Text text
        ? text.value()
        : "";
  }

  static List<Form> rest(Form.Sequence form, int from) {
    List<Form> items = form.items();
    return items.subList(Math.min(from, items.size()), items.size());
  }

  /** {@code (name : type)}, {@code (name :type)} or a bare name. */
  static Optional<Typed> typed(Form form) {
    if (form instanceof Form.Symbol symbol) {
      return Optional.of(new Typed(symbol, null));
    }
    List<Form> items = items(form).orElse(List.of());
    if (items.size() == 3
        && items.get(0) instanceof Form.Symbol name
        && items.get(1).isSymbol(":")) {
      return Optional.of(new Typed(name, items.get(2)));
    }
    if (items.size() == 2
        && items.get(0) instanceof Form.Symbol name
        && items.get(1) instanceof Form.Keyword type) {
      return Optional.of(new Typed(name, new Form.Symbol(type.name(), type.span())));
    }
    return Optional.empty();
  }

  /** A name and the type written beside it, if one is. */
  record Typed(Form.Symbol name, @org.jspecify.annotations.Nullable Form type) {}

  /**
   * The leading {@code :key value} pairs of forms, in order.
   *
   * @param flags the keywords that no value follows
   */
  static List<Option> leadingOptions(List<Form> forms, Set<String> flags) {
    List<Option> options = new ArrayList<>();
    int at = 0;
    while (at < forms.size() && forms.get(at) instanceof Form.Keyword key) {
      boolean valued =
          !flags.contains(key.name())
              && at + 1 < forms.size()
              && !(forms.get(at + 1) instanceof Form.Keyword);
      options.add(new Option(key, valued ? forms.get(at + 1) : null));
      at += valued ? 2 : 1;
    }
    return options;
  }

  /** A keyword and the form after it, null for a flag. */
  record Option(Form.Keyword key, @org.jspecify.annotations.Nullable Form value) {
    int forms() {
      return value == null ? 1 : 2;
    }
  }
}
