package dev.ovsm.frontend.resolve;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.read.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The special forms that leave code by a tag: {@code catch} and {@code throw}. */
final class Throws {
  private static final String CATCH = "(catch 'tag body …)";
  private static final String THROW = "(throw 'tag value)";

  private Throws() {}

  static void addTo(Map<String, SpecialForms.Rule> rules) {
    rules.put("catch", Throws::caught);
    rules.put("throw", Throws::thrown);
  }

  private static Ast caught(Bodies bodies, Form.Sequence form, Scope scope) {
    Optional<String> tag = tag(form);
    if (tag.isEmpty() || form.items().size() < 3) {
      return bodies
          .names()
          .malformed(
              form.span(),
              "catch takes a tag and a body",
              CATCH + "; for errors write (try body … (catch error handler …))");
    }
    Ast body = bodies.block(Syntax.rest(form, 2), scope, form.span());
    return new Ast.Catch(tag.get(), body, form.span());
  }

  /** With a number or the name of an error {@code throw} fails; with a tag it has a value. */
  private static Ast thrown(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    Optional<String> tag = tag(form);
    if (tag.isPresent() && items.size() == 3) {
      return new Ast.Throw(tag.get(), bodies.resolve(items.get(2), scope), form.span());
    }
    boolean isTag = tag.isPresent() && (items.size() != 2 || items.get(1) instanceof Form.Sequence);
    if (isTag || items.size() != 2) {
      return bodies
          .names()
          .malformed(
              form.span(),
              "throw takes a tag and a value, or an error",
              THROW + " or (throw code)");
    }
    Ast fail = new Ast.Primitive(Operation.FAIL, "throw", items.get(0).span());
    return new Ast.Apply(fail, List.of(bodies.resolve(items.get(1), scope)), form.span());
  }

  /** The tag that a form names: {@code 'tag} or {@code :tag}. */
  static Optional<String> tag(Form.Sequence form) {
    if (form.items().size() < 2) {
      return Optional.empty();
    }
    Form tag = form.items().get(1);
    if (tag instanceof Form.Sequence quote
        && quote.startsWith("quote")
        && quote.items().size() == 2) {
      return Syntax.symbol(quote.items().get(1));
    }
    return tag instanceof Form.Keyword keyword ? Optional.of(keyword.name()) : Optional.empty();
  }
}
