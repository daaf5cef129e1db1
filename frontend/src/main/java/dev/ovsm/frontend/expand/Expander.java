package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.FormPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Expands the macros of a compilation; macros of a source are known in all of it, those of the
 * library everywhere. A call that cannot be expanded is reported and becomes {@code null}.
 */
public final class Expander {
  private static final int MOST_LIMITS = 3;

  private final Diagnostics diagnostics;
  private final Parts parts = new Parts(this::form);
  private final Allowance allowance = new Allowance();
  private final Environment global = new Environment(null);
  private final Map<String, Macro> macros = new LinkedHashMap<>();
  private final Map<String, Form.Sequence> functions = new LinkedHashMap<>();
  private final Map<String, Form.Sequence> library = new LinkedHashMap<>();
  private boolean isExpanding;
  private int limits;

  public Expander(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The names of the macros of the program, and of the library that it sees. */
  public Set<String> macros() {
    return macros.keySet();
  }

  /** Makes the macros of top-level forms known, and the functions that macros may call. */
  public void learn(List<Form> forms, boolean isLibrary) {
    for (Form form : forms) {
      if (!(form instanceof Form.Sequence list) || list.items().size() < 2) {
        continue;
      }
      if (list.startsWith("defmacro")) {
        define(list, isLibrary);
      } else if (list.startsWith("do") || list.startsWith("define-autonomous-program")) {
        learn(list.items().subList(1, list.items().size()), isLibrary);
      } else if (list.items().get(1) instanceof Form.Symbol name) {
        // A program's own function hides a macro of the library.
        if (!isLibrary && macros.containsKey(name.name()) && macros.get(name.name()).isLibrary()) {
          macros.remove(name.name());
        }
        if ((list.startsWith("defun") || list.startsWith("defn")) && list.items().size() > 3) {
          (isLibrary ? library : functions).put(name.name(), list);
        }
      }
    }
  }

  private void define(Form.Sequence form, boolean isLibrary) {
    List<Form> items = form.items();
    if (items.size() < 4
        || !(items.get(1) instanceof Form.Symbol name)
        || !(items.get(2) instanceof Form.Sequence parameters)) {
      diagnostics.add(
          Diagnostic.at(
                  form.span(),
                  LanguageCode.MALFORMED_FORM,
                  "a macro has a name, parameters and a body")
              .withHelp("write (defmacro name (parameter …) `(…))"));
      return;
    }
    Macro earlier = macros.get(name.name());
    if (earlier != null && earlier.isLibrary() == isLibrary) {
      diagnostics.add(
          Diagnostic.at(
                  name.span(),
                  LanguageCode.DUPLICATE_DEFINITION,
                  "the macro " + name.name() + " is defined twice")
              .withLabel(earlier.definition().span(), "first defined here")
              .withHelp("rename one of them"));
      return;
    }
    List<Form> body = items.subList(3, items.size());
    boolean hasDocumentation = body.size() > 1 && body.get(0) instanceof Form.Text;
    body = hasDocumentation ? body.subList(1, body.size()) : body;
    macros.put(name.name(), new Macro(name.name(), parameters, body, isLibrary, form));
  }

  /** The forms without macros and their definitions. */
  public List<Form> expand(List<Form> forms) {
    List<Form> expanded = new ArrayList<>();
    for (Form form : forms) {
      if (form instanceof Form.Sequence list && list.startsWith("defmacro")) {
        continue;
      }
      Form whole = form(form);
      if (whole != form && whole instanceof Form.Sequence body && isTopLevelGroup(form, body)) {
        // A macro that makes several definitions wraps them in do.
        body.items().subList(1, body.items().size()).forEach(one -> keep(one, expanded));
      } else {
        keep(whole, expanded);
      }
    }
    return expanded;
  }

  /** Adds a form to those of the program, unless it is a macro that a macro's call has made. */
  private void keep(Form form, List<Form> program) {
    if (form instanceof Form.Sequence list && list.startsWith("defmacro")) {
      define(list, false);
    } else {
      program.add(form);
    }
  }

  private boolean isTopLevelGroup(Form call, Form.Sequence expansion) {
    return expansion.startsWith("do") && macro(call).isPresent();
  }

  private Optional<Macro> macro(Form form) {
    return form instanceof Form.Sequence list
            && list.bracket() == Form.Bracket.LIST
            && !list.items().isEmpty()
            && list.items().get(0) instanceof Form.Symbol head
        ? Optional.ofNullable(macros.get(head.name()))
        : Optional.empty();
  }

  private Form form(Form form) {
    if (!(form instanceof Form.Sequence list)) {
      return form;
    }
    allowance.descend(list.span());
    try {
      return expanded(list);
    } finally {
      allowance.ascend();
    }
  }

  private Form expanded(Form.Sequence list) {
    Optional<Macro> macro = macro(list);
    if (macro.isPresent()) {
      return isExpanding ? nested(macro.get(), list) : outermost(macro.get(), list);
    }
    Optional<Form> quoted = quoted(list);
    if (quoted.isPresent()) {
      return shown(quoted.get(), list);
    }
    return parts.of(list);
  }

  /** The form that {@code (macroexpand 'form)} asks about. */
  private static Optional<Form> quoted(Form.Sequence list) {
    return list.startsWith("macroexpand")
            && list.items().size() == 2
            && list.items().get(1) instanceof Form.Sequence quote
            && quote.startsWith("quote")
            && quote.items().size() == 2
        ? Optional.of(quote.items().get(1))
        : Optional.empty();
  }

  /** What a form expands to, as a text: a program has no forms. */
  private Form shown(Form form, Form.Sequence asked) {
    try {
      return new Form.Text(FormPrinter.print(withoutMacro(form)), asked.span());
    } catch (Failed failed) {
      report(failed.diagnostic(), asked.span());
      return new Form.Null(asked.span());
    }
  }

  /** The form, or what it expands to while it is a macro's call; its parts stay as they are. */
  private Form withoutMacro(Form form) {
    Form expanded = form;
    for (Optional<Macro> macro = macro(expanded); macro.isPresent(); macro = macro(expanded)) {
      expanded = call(macro.get(), (Form.Sequence) expanded);
    }
    return expanded;
  }

  private Form nested(Macro macro, Form.Sequence call) {
    allowance.enter(call.span());
    Form expanded = form(call(macro, call));
    allowance.leave();
    return expanded;
  }

  /** Whatever fails inside a call of a macro ends the expansion of the outermost one. */
  private Form outermost(Macro macro, Form.Sequence call) {
    isExpanding = true;
    try {
      return nested(macro, call);
    } catch (Failed failed) {
      report(failed.diagnostic(), call.span());
      return new Form.Null(call.span());
    } finally {
      isExpanding = false;
    }
  }

  private Form call(Macro macro, Form.Sequence call) {
    Span place = call.span();
    allowance.expansion(place);
    Evaluator evaluator =
        new Evaluator(
            allowance,
            place,
            global,
            // What a program calls its functions is nothing to the library's macros.
            name -> Optional.ofNullable(macro.isLibrary() ? null : functions.get(name)),
            name -> Optional.ofNullable(library.get(name)),
            macros.keySet(),
            this::withoutMacro);
    Environment scope = new Environment(global);
    List<Value> arguments =
        call.items().subList(1, call.items().size()).stream()
            .map(item -> (Value) new Value.Data(item))
            .toList();
    new Binder(evaluator, macro.name()).bind(macro.parameters(), arguments, scope, place);
    return Evaluator.form(evaluator.body(macro.body(), scope, place), place);
  }

  /** The diagnostic with the call of the outermost macro; what the library says is about that. */
  private static Diagnostic blamed(Diagnostic diagnostic, Span call) {
    Span primary = diagnostic.primary();
    if (call.equals(primary)) {
      return diagnostic;
    }
    if (primary == null || !primary.source().name().startsWith("<stdlib/")) {
      return diagnostic.withLabel(call, "in the expansion of this");
    }
    Diagnostic moved =
        Diagnostic.at(
            call, diagnostic.code(), "this macro cannot be expanded: " + diagnostic.message());
    String help = diagnostic.help();
    Diagnostic helped = help == null ? moved : moved.withHelp(help);
    return helped.withLabel(primary, "here in the library");
  }

  /** A limit that is exceeded once may be exceeded by all that follows. */
  private void report(Diagnostic diagnostic, Span call) {
    boolean isLimit = diagnostic.code() == LanguageCode.ENDLESS_EXPANSION;
    allowance.restart();
    if (isLimit && limits++ >= MOST_LIMITS) {
      return;
    }
    diagnostics.add(blamed(diagnostic, call));
  }
}
