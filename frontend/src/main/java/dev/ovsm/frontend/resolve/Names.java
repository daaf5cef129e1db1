package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Builtin;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a compilation knows of its names: the definitions of the program and of the library, and
 * what they stand for once resolved. A program's names hide the library's, never the other way
 * round.
 */
final class Names {
  private static final int MOST_LABELS = 3;

  private final Modules modules;
  private final Diagnostics diagnostics;
  private final Set<String> loaded = new LinkedHashSet<>();
  private final Map<String, Definition> user = new LinkedHashMap<>();
  private final Map<String, Definition> library = new LinkedHashMap<>();
  private final Set<Definition> fromLibrary = new LinkedHashSet<>();
  private final Map<Definition, Runnable> waiting = new LinkedHashMap<>();
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final Map<String, Diagnostic> unknown = new LinkedHashMap<>();
  private final Advice advice;
  private int ids;

  final Excuses excuses;
  final Map<Definition, Ast.Lambda> functions = new LinkedHashMap<>();
  final Map<Definition, Ast> constants = new LinkedHashMap<>();
  final Map<Definition, Program.Entry> entries = new LinkedHashMap<>();
  final Map<Definition, Program.MapDeclaration> maps = new LinkedHashMap<>();
  final Map<Definition, List<Definition>> arrays = new LinkedHashMap<>();
  final Map<Definition, Program.Struct> structs = new LinkedHashMap<>();
  final Map<Definition, Program.Enumeration> enums = new LinkedHashMap<>();
  final Map<Definition, Program.Struct> events = new LinkedHashMap<>();
  final Map<Definition, Program.Failing> errors = new LinkedHashMap<>();
  final Map<Definition, Program.Syscall> syscalls = new LinkedHashMap<>();
  final Map<Variable, Variable> aliases = new LinkedHashMap<>();
  final Set<Variable> hoisted = new LinkedHashSet<>();
  final Map<Variable, Ast.Lambda> recursive = new LinkedHashMap<>();

  Names(Modules modules, Diagnostics diagnostics) {
    this.modules = modules;
    this.excuses = new Excuses(modules);
    this.diagnostics = diagnostics;
    this.advice = new Advice(this, modules);
  }

  /** Declares a module of the library; false if there is none of that name. */
  boolean load(String module) {
    if (!loaded.add(module)) {
      return true;
    }
    Optional<List<Form>> forms = modules.library(module);
    forms.ifPresent(
        known -> {
          Declarations declarations = new Declarations(this, true, false);
          declarations.note(known);
          declarations.declare(known);
        });
    return forms.isPresent();
  }

  /** The forms of an imported file the first time, nothing after that; empty if there is none. */
  Optional<List<Form>> file(String path, Span importer) {
    return modules.file(path, importer);
  }

  /** Whether a file of such a path can be imported, if it is there. */
  boolean isSource(String path) {
    return modules.isSource(path);
  }

  /** Whether one more report may take the time to look for what was meant. */
  boolean advises() {
    return diagnostics.advises();
  }

  List<String> modules() {
    return modules.names();
  }

  /** The way out for a name that nothing has: an import, a name that is near, a definition. */
  Diagnostic advised(Diagnostic report, Form.Symbol symbol, Scope scope) {
    return advice.of(report, symbol, scope);
  }

  /** Reports an event that nothing declares, where one is named. */
  void unknownEvent(Form.Symbol name) {
    String word = name.name();
    Diagnostic report =
        Diagnostic.at(name.span(), LanguageCode.UNKNOWN_EVENT, "nothing declares the event " + word)
            .withHelp("declare it: (define-event " + word + " (field type) …)");
    List<String> known =
        advises() ? events.keySet().stream().map(Definition::name).toList() : List.of();
    report(Spelling.corrected(report, name.span(), word, known));
  }

  /** Notes a name that is there from its definition on, as the code around it runs in order. */
  void defineInOrder(Form.Symbol name) {
    advice.defineInOrder(name);
  }

  void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  /** Whether the name was found to be unknown before; then this place is added to what was said. */
  boolean isUnknown(Form.Symbol symbol) {
    Diagnostic earlier = unknown.get(symbol.name());
    if (earlier == null) {
      return false;
    }
    boolean isNew =
        !symbol.span().equals(earlier.primary())
            && earlier.labels().stream().noneMatch(label -> label.span().equals(symbol.span()));
    if (isNew && earlier.labels().size() < MOST_LABELS) {
      unknown.put(symbol.name(), earlier.withLabel(symbol.span(), "and here"));
    }
    return true;
  }

  /**
   * Whether a name nearly is that of a form which binds names; then what the form would define is
   * not to blame for being unknown.
   */
  boolean isNearlyBinder(Form.Sequence form) {
    if (!(form.items().get(0) instanceof Form.Symbol head) || !unknown.containsKey(head.name())) {
      return false;
    }
    List<String> binders = new ArrayList<>(Definers.ALL);
    binders.addAll(SpecialForms.names());
    boolean isBinder =
        Elsewhere.binds(head.name()) || Spelling.nearest(head.name(), binders).isPresent();
    if (isBinder && form.items().size() > 1) {
      Form bound = form.items().get(1);
      if (bound instanceof Form.Symbol name) {
        excuses.add(name);
      } else if (bound instanceof Form.Sequence several && Elsewhere.binds(head.name())) {
        several.items().forEach(excuses::add);
      }
    }
    return isBinder;
  }

  /** The form of the top level that a name nearly is, unless it is something else. */
  Optional<String> definer(String name) {
    boolean isKnown =
        user.containsKey(name) || library.containsKey(name) || SpecialForms.all().containsKey(name);
    return isKnown ? Optional.empty() : Spelling.nearest(name, Definers.TOP_LEVEL);
  }

  /** Reports a form of the top level that is nearly one. */
  void unknownDefiner(Form.Symbol head) {
    report(
        Spelling.corrected(
            Diagnostic.at(
                head.span(), LanguageCode.UNKNOWN_NAME, "nothing is named " + head.name()),
            head.span(),
            head.name(),
            Definers.TOP_LEVEL));
  }

  /** Notes a name that nothing has; it is reported once, with the first places that use it. */
  void unknown(String name, Diagnostic report) {
    unknown.put(name, report);
  }

  /** Reports a special form that is not written as it must be. */
  Ast.Broken malformed(Span span, String message, String shape) {
    report(Diagnostic.at(span, LanguageCode.MALFORMED_FORM, message).withHelp("write " + shape));
    return new Ast.Broken(span);
  }

  /** Reports that two things of a kind that stand side by side have one name. */
  void twice(String kind, Variable second, Variable first) {
    report(
        Diagnostic.at(
                second.span(),
                LanguageCode.DUPLICATE_DEFINITION,
                "two " + kind + " are named " + second.name())
            .withLabel(first.span(), "the first")
            .withHelp("rename one of them"));
  }

  /** A number that nothing else in the compilation has. */
  int id() {
    return ids++;
  }

  Variable variable(String name, @org.jspecify.annotations.Nullable Form type, Span span) {
    return new Variable(name, ids++, type, span);
  }

  /**
   * Declares a top-level name.
   *
   * @param resolve fills in what it stands for; for a library's name, only once something uses it
   */
  Definition declare(
      Definition.Kind kind, String name, Span span, boolean isLibrary, Runnable resolve) {
    Definition definition = new Definition(kind, name, ids++, span);
    Map<String, Definition> names = isLibrary ? library : user;
    Definition earlier = names.putIfAbsent(name, definition);
    if (earlier != null) {
      report(
          Diagnostic.at(span, LanguageCode.DUPLICATE_DEFINITION, name + " is defined twice")
              .withLabel(earlier.span(), "first defined here")
              .withHelp("rename one of them"));
      return definition;
    }
    if (isLibrary) {
      fromLibrary.add(definition);
      waiting.put(definition, resolve);
    } else {
      work.add(resolve);
    }
    return definition;
  }

  /** Resolves everything declared and everything that it uses. */
  void resolveAll() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      next.run();
    }
    unknown.values().forEach(this::report);
    unknown.clear();
  }

  /** Notes that {@code definition} is used. */
  Definition use(Definition definition) {
    Runnable resolve = waiting.remove(definition);
    if (resolve != null) {
      work.add(resolve);
    }
    return definition;
  }

  /** What a global name means to a program, or to the library itself. */
  Optional<Definition> find(String name, boolean inLibrary) {
    Definition found = inLibrary ? null : user.get(name);
    return Optional.ofNullable(found).or(() -> inLibrary(name)).map(this::use);
  }

  /** A name of the library; {@code module/name} loads the module by itself. */
  private Optional<Definition> inLibrary(String name) {
    int slash = name.indexOf('/');
    if (slash > 0 && !library.containsKey(name)) {
      load(name.substring(0, slash));
    }
    return Optional.ofNullable(library.get(name));
  }

  boolean definesItself(String name) {
    return user.containsKey(name);
  }

  /** What an enumeration of the program has, by the name of the enumeration. */
  Optional<Program.Enumeration> enumeration(String name) {
    Definition definition = user.get(name);
    return Optional.ofNullable(definition == null ? null : enums.get(definition));
  }

  /** Every global name and operation that a program can use, its own first. */
  List<String> visible() {
    List<String> all = new ArrayList<>(user.keySet());
    library.keySet().stream().filter(name -> !name.startsWith("rt-")).forEach(all::add);
    Builtin.allNames().forEach(all::add);
    all.addAll(SpecialForms.names());
    all.addAll(Definers.ALL);
    all.addAll(modules.macros());
    return all;
  }

  /** Everything resolved, as one value; a library function asked for later is resolved then. */
  Program program(String name) {
    return new Program(
        name,
        functions,
        constants,
        entries,
        maps,
        arrays,
        structs,
        enums,
        events,
        errors,
        syscalls,
        aliases,
        hoisted,
        recursive,
        wanted -> {
          Definition found =
              inLibrary(wanted)
                  .orElseThrow(() -> new IllegalStateException("the library lacks " + wanted));
          use(found);
          resolveAll();
          return found;
        });
  }
}
