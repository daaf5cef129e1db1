package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Definition.Kind;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Declares the top-level names of sources; what they stand for is resolved when all are known. */
final class Declarations {
  private final Names names;
  private final boolean isLibrary;
  private final boolean isBare;
  private final Bodies bodies;
  private final DataForms data;
  private final ProgramForms programs;
  private final List<Form> bare = new ArrayList<>();
  private final Set<String> assigned = new LinkedHashSet<>();
  private final Set<String> passed = new LinkedHashSet<>();
  private final Set<String> constantNames = new LinkedHashSet<>();
  private final Set<String> variables = new LinkedHashSet<>();

  /**
   * @param isBare whether nothing makes a program of its own, so that all is one run of code
   */
  Declarations(Names names, boolean isLibrary, boolean isBare) {
    this.names = names;
    this.isLibrary = isLibrary;
    this.isBare = isBare;
    this.bodies = new Bodies(names, isLibrary);
    this.data = new DataForms(names, isLibrary);
    this.programs = new ProgramForms(names, bodies, isLibrary);
  }

  /** Notes what a source sets and passes on: that is no constant in any source. */
  void note(List<Form> source) {
    Constants.assignedIn(source, assigned);
    if (isBare) {
      Constants.passedIn(source, passed);
    }
  }

  /** Declares what one source defines. */
  void declare(List<Form> source) {
    List<Form> forms = source;
    if (source.size() == 1
        && source.get(0) instanceof Form.Sequence only
        && only.startsWith("do")) {
      forms = Syntax.rest(only, 1);
    }
    for (Form form : forms) {
      if (form instanceof Form.Sequence list && isVariable(list)) {
        Syntax.typed(list.items().get(1)).ifPresent(typed -> variable(typed.name()));
      }
    }
    addFunctionsOfVariables(forms);
    for (Form form : forms) {
      if (!(form instanceof Form.Sequence list) || !declares(list)) {
        bare.add(form);
      }
    }
  }

  /** A function that uses a variable is made where it stands, and so is one that calls it. */
  private void addFunctionsOfVariables(List<Form> forms) {
    if (variables.isEmpty()) {
      return;
    }
    for (Form form : forms) {
      if (form instanceof Form.Sequence list && Constants.mentions(list, variables)) {
        functionName(list).ifPresent(this::variable);
      }
    }
  }

  private void variable(Form.Symbol name) {
    variables.add(name.name());
    names.defineInOrder(name);
  }

  /** What a form defines if that is a function. */
  private static Optional<Form.Symbol> functionName(Form.Sequence list) {
    List<Form> items = list.items();
    if (list.startsWith("define") && items.size() == 3 && Constants.isFunction(items.get(2))) {
      return Syntax.typed(items.get(1)).map(Syntax.Typed::name);
    }
    return Lambdas.named(list).map(Lambdas.Named::name);
  }

  /** A definition of bare code whose value only a run can tell. */
  private boolean isVariable(Form.Sequence list) {
    return !isLibrary
        && list.startsWith("define")
        && list.items().size() == 3
        && Lambdas.named(list).isEmpty()
        && !Constants.isFunction(list.items().get(2))
        && !isFixed(list);
  }

  private boolean isFixed(Form.Sequence list) {
    Optional<Syntax.Typed> typed = Syntax.typed(list.items().get(1));
    if (typed.isEmpty()) {
      return false;
    }
    String name = typed.get().name().name();
    Form value = list.items().get(2);
    // A constant is made anew wherever it stands; elements that may be set are one place.
    boolean isPlace = passed.contains(name) && Constants.hasElements(value);
    boolean fixed =
        isLibrary
            || (!assigned.contains(name) && !isPlace && Constants.isConstant(value, constantNames));
    if (fixed) {
      constantNames.add(name);
    }
    return fixed;
  }

  /** Declares what only all sources together determine: program arrays and the bare entry. */
  void finish(Span whole) {
    programs.declareArrays();
    if (programs.any()) {
      excuse();
    }
    if (bare.isEmpty()) {
      return;
    }
    if (programs.any()) {
      stray(bare.get(0));
      return;
    }
    programs.bare(bare, whole);
  }

  private void stray(Form form) {
    Diagnostic report =
        Diagnostic.at(
                form.span(),
                LanguageCode.STRAY_EXPRESSION,
                "this expression belongs to no program of the file")
            .withHelp("move it into an on-startup clause or a define-program");
    Optional<String> here =
        form instanceof Form.Sequence list && !list.items().isEmpty()
            ? Syntax.symbol(list.items().get(0)).flatMap(Elsewhere::saidHere)
            : Optional.empty();
    if (here.isPresent()) {
      names.report(report.withHelp(here.get()));
      return;
    }
    if (form instanceof Form.Sequence list
        && !list.items().isEmpty()
        && list.items().get(0) instanceof Form.Symbol head) {
      Optional<String> near = names.definer(head.name());
      if (near.isPresent()) {
        names.unknownDefiner(head);
        return;
      }
    }
    names.report(report);
  }

  /** Notes what forms would define whose heads nearly are those of definitions. */
  private void excuse() {
    for (Form form : bare) {
      if (form instanceof Form.Sequence list
          && list.items().size() > 1
          && list.items().get(0) instanceof Form.Symbol head
          && names.definer(head.name()).isPresent()) {
        names.excuses.add(list.items().get(1));
      }
    }
  }

  private boolean declares(Form.Sequence list) {
    if (list.items().isEmpty() || !(list.items().get(0) instanceof Form.Symbol head)) {
      return false;
    }
    switch (head.name()) {
      case "define-program", "define-autonomous-program", "define-program-array" ->
          programs.declare(list, this::nested);
      case "define-map", "define-struct", "define-account", "define-event", "define-enum" ->
          data.declare(list);
      case "define-error" -> data.declare(list);
      case "define-syscall" -> data.declare(list);
      case "define-constant", "defconstant" -> constant(list);
      case "import", "use" -> imported(list);
      case "defun", "defn" -> {
        return function(list);
      }
      case "define", "const" -> {
        return definition(list);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** {@code (import "file.ovsm")} and {@code (import module)}. */
  private void imported(Form.Sequence list) {
    for (Form what : Syntax.rest(list, 1)) {
      boolean found;
      if (what instanceof Form.Text path) {
        Optional<List<Form>> forms = names.file(path.value(), list.span());
        forms.ifPresent(this::note);
        forms.ifPresent(this::declare);
        found = forms.isPresent();
      } else {
        found = Syntax.symbol(what).map(names::load).orElse(false);
      }
      if (!found) {
        names.report(MissingImport.report(what, names));
      }
    }
  }

  /** A definition inside a program clause belongs to the whole program. */
  private void nested(Form form) {
    if (!(form instanceof Form.Sequence list) || !declares(list)) {
      names.malformed(
          form.span(),
          "this is not a clause of a program",
          "on-startup, on-event, define-program, define-map or another definition");
    }
  }

  private boolean definition(Form.Sequence list) {
    if (Lambdas.named(list).isPresent()) {
      return function(list);
    }
    List<Form> items = list.items();
    if (items.size() != 3) {
      return false;
    }
    Optional<Syntax.Typed> typed = Syntax.typed(items.get(1));
    if (typed.isEmpty()) {
      return false;
    }
    String name = typed.get().name().name();
    if (items.get(2) instanceof Form.Sequence value
        && Constants.isFunction(value)
        && !assigned.contains(name)
        && !Constants.mentions(value, variables)) {
      Form type = typed.get().type();
      Optional<List<Form>> parts =
          type == null
              ? Optional.of(Syntax.rest(value, 1))
              : Lambdas.typed(Syntax.rest(value, 1), type);
      if (parts.isPresent()) {
        declareFunction(typed.get().name(), parts.get(), list.span());
        return true;
      }
    }
    boolean fixed = !names.definesItself(name) && isFixed(list);
    if (fixed) {
      constant(list);
    }
    return fixed;
  }

  /** A function that uses variables of the bare code is part of that code. */
  private boolean function(Form.Sequence list) {
    if (Constants.mentions(list, variables)) {
      return false;
    }
    Optional<Lambdas.Named> named = Lambdas.named(list);
    if (named.isEmpty()) {
      names.malformed(
          list.span(),
          "a function has a name, parameters and a body",
          "(defun name (parameter …) body …)");
      return true;
    }
    declareFunction(named.get().name(), named.get().parts(), list.span());
    return true;
  }

  private void declareFunction(Form.Symbol name, List<Form> parts, Span span) {
    Definition[] self = new Definition[1];
    self[0] =
        names.declare(
            Kind.FUNCTION,
            name.name(),
            name.span(),
            isLibrary,
            () -> names.functions.put(self[0], Lambdas.topLevel(bodies, name.name(), parts, span)));
  }

  private void constant(Form.Sequence list) {
    List<Form> items = list.items();
    Optional<Syntax.Typed> typed = items.size() < 3 ? Optional.empty() : Syntax.typed(items.get(1));
    if (typed.isEmpty()) {
      names.malformed(
          list.span(), "a constant has a name and a value", "(define-constant name value)");
      return;
    }
    Form.Symbol name = typed.get().name();
    Form type = typed.get().type();
    Form value = items.get(2);
    constantNames.add(name.name());
    Definition[] self = new Definition[1];
    self[0] =
        names.declare(
            Kind.CONSTANT,
            name.name(),
            name.span(),
            isLibrary,
            () -> {
              Ast resolved = bodies.resolve(value, Scope.ofFunction(null));
              Ast typedValue = type == null ? resolved : new Ast.The(type, resolved, list.span());
              names.constants.put(self[0], typedValue);
            });
  }
}
