package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Parameters with types that are written one after the other, {@code (x : u64 y : u64)}: each has
 * to stand in parentheses of its own, and is taken to do so once that is reported.
 */
final class TypedNames {
  private TypedNames() {}

  /** The parameters of a list, each a form of its own. */
  static List<Form> apart(List<Form> items, Names names) {
    List<Form> flat = new ArrayList<>();
    boolean nested = false;
    for (Form item : items) {
      boolean several =
          item instanceof Form.Sequence list && list.items().size() > 3 && isRow(list.items());
      nested |= several;
      flat.addAll(several ? Syntax.items(item).orElseThrow() : List.of(item));
    }
    if (!nested && flat.stream().noneMatch(item -> item.isSymbol(":"))) {
      return items;
    }
    List<Form> apart = new ArrayList<>();
    for (int i = 0; i < flat.size(); i++) {
      boolean typed = i + 2 < flat.size() && flat.get(i + 1).isSymbol(":");
      Span span = flat.get(i).span();
      apart.add(
          typed
              ? new Form.Sequence(
                  Form.Bracket.LIST, flat.subList(i, i + 3), span.to(flat.get(i + 2).span()))
              : flat.get(i));
      i += typed ? 2 : 0;
    }
    report(items, apart, names);
    return apart.stream().filter(item -> !item.isSymbol(":")).toList();
  }

  /** Whether forms are a row of names with a colon and a type behind each. */
  private static boolean isRow(List<Form> forms) {
    for (int i = 0; i < forms.size(); i++) {
      if (i % 3 == 1 && !forms.get(i).isSymbol(":")) {
        return false;
      }
    }
    return forms.size() % 3 == 0;
  }

  private static void report(List<Form> items, List<Form> apart, Names names) {
    Span all = items.get(0).span().to(items.get(items.size() - 1).span());
    String text = apart.stream().map(TypedNames::text).collect(Collectors.joining(" "));
    names.report(
        Diagnostic.at(
                all,
                LanguageCode.MALFORMED_FORM,
                "a parameter with a type stands in parentheses of its own")
            .withHelp("write " + text)
            .withFix(new Fix("put parentheses around each", all, text)));
  }

  private static String text(Form form) {
    return form instanceof Form.Sequence list && list.items().size() == 3
        ? list.items().stream()
            .map(item -> item.span().text())
            .collect(Collectors.joining(" ", "(", ")"))
        : form.span().text();
  }
}
