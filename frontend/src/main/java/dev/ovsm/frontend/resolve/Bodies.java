package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Builtin;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Resolves expressions: names against scopes and definitions, lists as special forms or calls. */
final class Bodies {
  private static final int MOST_ARGUMENTS = 256;

  private final Names names;
  private final boolean inLibrary;

  Bodies(Names names, boolean inLibrary) {
    this.names = names;
    this.inLibrary = inLibrary;
  }

  Names names() {
    return names;
  }

  /** The value of a form. */
  Ast resolve(Form form, Scope scope) {
    if (form instanceof Form.Symbol symbol) {
      Ast found = name(symbol, scope);
      return found instanceof Ast.Primitive primitive
          ? Lambdas.ofPrimitive(primitive, names)
          : found;
    } else if (form instanceof Form.Keyword keyword) {
      return new Ast.Key(keyword.name(), keyword.span());
    } else if (form instanceof Form.Whole whole) {
      return new Ast.Whole(whole.value(), whole.suffix(), whole.span());
    } else if (form instanceof Form.Fraction fraction) {
      Ast number = new Ast.Fraction(fraction.value(), fraction.span());
      boolean isMinusZero =
          fraction.value().signum() == 0 && fraction.span().text().startsWith("-");
      Ast minus = new Ast.Primitive(Operator.SUB, "-", fraction.span());
      return isMinusZero ? new Ast.Apply(minus, List.of(number), fraction.span()) : number;
    } else if (form instanceof Form.Text text) {
      return new Ast.Text(text.value(), text.span());
    } else if (form instanceof Form.CodePoint character) {
      BigInteger point = BigInteger.valueOf(character.value());
      return new Ast.Whole(point, null, character.span());
    } else if (form instanceof Form.Bool bool) {
      return new Ast.Bool(bool.value(), bool.span());
    } else if (form instanceof Form.Null) {
      return new Ast.Null(form.span());
    } else if (form instanceof Form.PublicKey key) {
      return new Ast.PublicKey(key.bytes(), key.span());
    } else if (form instanceof Form.Sequence sequence) {
      return switch (sequence.bracket()) {
        case LIST -> list(sequence, scope);
        case VECTOR -> new Ast.Vector(each(sequence.items(), scope), sequence.span());
        case MAP -> fields(sequence, scope);
      };
    }
    throw new IllegalStateException("form " + form);
  }

  /** The values of several forms. */
  List<Ast> each(List<Form> forms, Scope scope) {
    List<Ast> all = new ArrayList<>();
    Set<Form> said = Commas.refused(forms, names);
    for (Form form : forms) {
      all.add(said.contains(form) ? new Ast.Broken(form.span()) : resolve(form, scope));
    }
    return all;
  }

  /** Forms one after another in a block of their own. */
  Ast block(List<Form> forms, Scope scope, Span span) {
    Scope block = scope.block();
    Ast body = sequence(forms, block, span);
    block.leave();
    return body;
  }

  /** Forms one after another in the scope given. */
  Ast sequence(List<Form> forms, Scope scope, Span span) {
    return forms.size() == 1 ? resolve(forms.get(0), scope) : new Ast.Do(each(forms, scope), span);
  }

  private Ast name(Form.Symbol symbol, Scope scope) {
    Optional<Variable> local = scope.find(symbol.name(), names);
    if (local.isPresent()) {
      return new Ast.Use(local.get(), symbol.span());
    }
    Optional<Definition> global = names.find(symbol.name(), inLibrary);
    if (global.isPresent()) {
      return new Ast.Global(global.get(), symbol.span());
    }
    Optional<Builtin> builtin = Builtin.of(symbol.name());
    if (builtin.isPresent()) {
      return new Ast.Primitive(builtin.get(), symbol.name(), symbol.span());
    }
    return unknown(symbol, scope);
  }

  private Ast unknown(Form.Symbol symbol, Scope scope) {
    if (names.isUnknown(symbol) || names.excuses.covers(symbol.name())) {
      return new Ast.Broken(symbol.span());
    }
    if (SpecialForms.all().containsKey(symbol.name())) {
      return names.malformed(
          symbol.span(),
          symbol.name() + " is a special form and has no value",
          "it at the head of a list: (" + symbol.name() + " …)");
    }
    Diagnostic report =
        Diagnostic.at(
            symbol.span(), LanguageCode.UNKNOWN_NAME, "nothing is named " + symbol.name());
    names.unknown(symbol.name(), names.advised(report, symbol, scope));
    return new Ast.Broken(symbol.span());
  }

  private Ast list(Form.Sequence form, Scope scope) {
    if (form.items().isEmpty()) {
      return names.malformed(form.span(), "an empty list calls nothing", "null or [] for a value");
    }
    Form head = form.items().get(0);
    if (head.isSymbol("unquote") || head.isSymbol("unquote-splicing")) {
      return names.malformed(
          form.span(), "a comma belongs into a template of a macro", "`(… ,name …) there");
    }
    List<Form> rest = form.items().subList(1, form.items().size());
    if (head instanceof Form.Symbol symbol
        && !scope.knows(symbol.name())
        && (inLibrary || !names.definesItself(symbol.name()))) {
      SpecialForms.Rule rule = SpecialForms.all().get(symbol.name());
      if (rule != null) {
        return rule.resolve(this, form, scope);
      }
    }
    if (head.isSymbol("emit-event")
        && !rest.isEmpty()
        && rest.get(0) instanceof Form.Symbol event
        && !scope.knows(event.name())
        && names.find(event.name(), inLibrary).isEmpty()) {
      names.unknownEvent(event);
      return new Ast.Broken(form.span());
    }
    boolean isExtreme = head.isSymbol("min") || head.isSymbol("max");
    if (isExtreme && rest.size() > 2 && rest.size() <= MOST_ARGUMENTS) {
      return extreme(form, scope);
    }
    if (rest.size() > MOST_ARGUMENTS) {
      names.report(
          Diagnostic.at(
                  head.span(),
                  LanguageCode.TOO_LARGE,
                  "this call has " + rest.size() + " arguments, and " + MOST_ARGUMENTS + " is most")
              .withHelp("put them into a vector, or call several times"));
      return new Ast.Broken(form.span());
    }
    Ast function = head instanceof Form.Symbol name ? name(name, scope) : resolve(head, scope);
    if (function instanceof Ast.Broken && names.isNearlyBinder(form)) {
      return function;
    }
    return new Ast.Apply(function, each(rest, scope), form.span());
  }

  /** {@code (max a b c)} as {@code (max (max a b) c)}. */
  private Ast extreme(Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    Form nested = items.get(1);
    for (Form next : items.subList(2, items.size())) {
      nested =
          new Form.Sequence(Form.Bracket.LIST, List.of(items.get(0), nested, next), form.span());
    }
    return resolve(nested, scope);
  }

  private Ast fields(Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    List<Ast.Field> fields = new ArrayList<>();
    Set<String> given = new HashSet<>();
    if (items.size() % 2 != 0) {
      return names.malformed(form.span(), "a field of this record has no value", "{:name value …}");
    }
    for (int i = 0; i < items.size(); i += 2) {
      Optional<String> name = Syntax.fieldName(items.get(i));
      if (name.isEmpty()) {
        return names.malformed(
            items.get(i).span(), "a field's name is a keyword or a string", "{:name value …}");
      }
      String field = name.get();
      if (!given.add(field)) {
        return names.malformed(
            items.get(i).span(), "the field " + field + " is given twice", "each field once");
      }
      Ast value = resolve(items.get(i + 1), scope);
      fields.add(new Ast.Field(field, value, items.get(i).span()));
    }
    return new Ast.Fields(fields, form.span());
  }
}
