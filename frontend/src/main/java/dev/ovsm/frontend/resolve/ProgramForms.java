package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Definition.Kind;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The forms that make entries: programs, autonomous programs and program arrays. */
final class ProgramForms {
  private static final String PROGRAM_SHAPE =
      "(define-program name (lambda (parameter …) body …)), with :accounts, :compute-budget or"
          + " :public before the lambda";
  private final Names names;
  private final Bodies bodies;
  private final boolean isLibrary;
  private final List<Definition> programs = new ArrayList<>();
  private final List<Definition> arrays = new ArrayList<>();
  private boolean any;

  ProgramForms(Names names, Bodies bodies, boolean isLibrary) {
    this.names = names;
    this.bodies = bodies;
    this.isLibrary = isLibrary;
  }

  boolean any() {
    return any;
  }

  /**
   * Declares what the form defines.
   *
   * @param nested declares a definition inside an autonomous program
   */
  void declare(Form.Sequence form, Consumer<Form> nested) {
    if (form.items().size() < 2 || !(form.items().get(1) instanceof Form.Symbol name)) {
      names.malformed(form.span(), "the name is missing", "(define-program name …)");
      return;
    }
    if (form.startsWith("define-program")) {
      program(form, name);
    } else if (form.startsWith("define-program-array")) {
      arrays.add(names.declare(Kind.PROGRAM_ARRAY, name.name(), name.span(), isLibrary, () -> {}));
    } else {
      autonomous(form, nested);
    }
  }

  /** Fills the program arrays and defines the index of each program under its name in capitals. */
  void declareArrays() {
    for (Definition array : arrays) {
      names.arrays.put(array, List.copyOf(programs));
    }
    if (arrays.isEmpty()) {
      return;
    }
    for (int i = 0; i < programs.size(); i++) {
      Definition program = programs.get(i);
      String index = program.name().toUpperCase(Locale.ROOT);
      if (!names.definesItself(index)) {
        Ast value = new Ast.Whole(BigInteger.valueOf(i), null, program.span());
        Definition constant =
            names.declare(Kind.CONSTANT, index, program.span(), isLibrary, () -> {});
        names.constants.put(constant, value);
      }
    }
  }

  /** The one entry of a file of bare expressions. */
  void bare(List<Form> forms, Span whole) {
    entry(
        new Form.Symbol("main", whole),
        Program.Origin.BARE,
        Options.none(),
        body(forms, whole),
        whole);
  }

  private static List<Form> body(List<Form> forms, Span span) {
    List<Form> parts = new ArrayList<>();
    parts.add(new Form.Sequence(Form.Bracket.LIST, List.of(), span));
    parts.addAll(forms);
    return parts;
  }

  private void program(Form.Sequence form, Form.Symbol name) {
    String before = Syntax.documentation(form);
    List<Form> rest = Syntax.rest(form, before.isEmpty() ? 2 : 3);
    List<Syntax.Option> options = Syntax.leadingOptions(rest, Set.of("public"));
    int skipped = options.stream().mapToInt(Syntax.Option::forms).sum();
    List<Form> body = rest.subList(skipped, rest.size());
    boolean isLambda =
        body.size() == 1
            && body.get(0) instanceof Form.Sequence lambda
            && (lambda.startsWith("lambda") || lambda.startsWith("fn"))
            && lambda.items().size() >= 3;
    if (!isLambda || !(body.get(0) instanceof Form.Sequence lambda)) {
      names.malformed(form.span(), "a program is a name and a lambda", PROGRAM_SHAPE);
      return;
    }
    List<Form> parts = Syntax.rest(lambda, 1);
    String inside = Lambdas.documentation(parts);
    Options all = options(options, before.isEmpty() ? inside : before);
    entry(name, Program.Origin.PROGRAM, all, parts, form.span());
  }

  private void autonomous(Form.Sequence form, Consumer<Form> nested) {
    List<Form> start = new ArrayList<>();
    List<Form> subscriptions = new ArrayList<>();
    for (Form clause : Syntax.rest(form, 2)) {
      if (clause instanceof Form.Sequence list && list.startsWith("on-startup")) {
        start.add(new Form.Sequence(Form.Bracket.LIST, startupBody(list), clause.span()));
      } else if (clause instanceof Form.Sequence list && list.startsWith("on-event")) {
        subscription(list).ifPresent(subscriptions::add);
      } else {
        nested.accept(clause);
      }
    }
    subscriptions.addAll(start);
    if (!subscriptions.isEmpty()) {
      Form.Symbol name = new Form.Symbol("initialize", form.items().get(1).span());
      Options options = Options.none();
      entry(name, Program.Origin.STARTUP, options, body(subscriptions, form.span()), form.span());
    }
  }

  private static List<Form> startupBody(Form.Sequence clause) {
    List<Form> body = new ArrayList<>();
    body.add(new Form.Symbol("do", clause.items().get(0).span()));
    body.addAll(Syntax.rest(clause, 1));
    return body;
  }

  /** {@code (on-event "NAME" (lambda (event) …))} subscribes at start-up. */
  private Optional<Form> subscription(Form.Sequence clause) {
    List<Form> items = clause.items();
    if (items.size() < 3 || !(items.get(1) instanceof Form.Text)) {
      names.malformed(
          clause.span(),
          "on-event takes the event's name and a handler",
          "(on-event \"NAME\" (lambda (event) …))");
      return Optional.empty();
    }
    Span span = items.get(0).span();
    List<Form> call = new ArrayList<>();
    call.add(new Form.Symbol("sol-subscribe-event", span));
    call.add(new Form.Keyword("event-type", span));
    call.add(new Form.Text("PROGRAM_EVENT", span));
    call.add(new Form.Keyword("event", span));
    call.add(items.get(1));
    call.add(new Form.Keyword("callback", span));
    call.add(items.get(2));
    call.addAll(items.subList(3, items.size()));
    return Optional.of(new Form.Sequence(Form.Bracket.LIST, call, clause.span()));
  }

  private Options options(List<Syntax.Option> options, String documentation) {
    boolean isPublic = false;
    long budget = 0;
    List<Form> accounts = null;
    for (Syntax.Option option : options) {
      Form value = option.value();
      switch (option.key().name()) {
        case "public" -> isPublic = true;
        case "compute-budget" -> budget = budget(option);
        case "accounts" -> accounts = value == null ? null : Syntax.items(value).orElse(null);
        default -> {
          // What it would have declared is not to blame for being unknown.
          if (value != null) {
            Syntax.items(value).orElse(List.of()).forEach(names.excuses::add);
          }
          names.report(
              Spelling.corrected(
                  Diagnostic.at(
                          option.key().span(),
                          LanguageCode.UNKNOWN_KEYWORD,
                          "a program has no option :" + option.key().name())
                      .withHelp("the options are :accounts, :compute-budget and :public"),
                  option.key().span(),
                  option.key().name(),
                  List.of("accounts", "compute-budget", "public")));
        }
      }
    }
    return new Options(isPublic, budget, accounts, documentation);
  }

  private long budget(Syntax.Option option) {
    if (option.value() instanceof Form.Whole whole
        && whole.value().signum() > 0
        && whole.value().bitLength() < 32) {
      return whole.value().longValue();
    }
    names.malformed(
        option.key().span(), "a compute budget is a positive number", ":compute-budget 50_000");
    return 0;
  }

  private record Options(
      boolean isPublic, long budget, @Nullable List<Form> accounts, String documentation) {
    /** What is true of an entry that nothing is said about. */
    static Options none() {
      return new Options(false, 0, null, "");
    }
  }

  private void entry(
      Form.Symbol name, Program.Origin origin, Options options, List<Form> parts, Span span) {
    Definition[] self = new Definition[1];
    Runnable resolve =
        () -> {
          Scope scope = Scope.ofFunction(null);
          List<Program.Account> accounts = null;
          if (options.accounts() != null) {
            accounts = new AccountForms(names, bodies).declare(options.accounts(), scope);
          }
          Ast.Lambda lambda = Lambdas.build(bodies, name.name(), parts, scope, span);
          names.entries.put(
              self[0],
              new Program.Entry(
                  self[0],
                  origin,
                  lambda,
                  options.isPublic(),
                  options.budget(),
                  accounts,
                  options.documentation(),
                  span));
        };
    self[0] = names.declare(Kind.PROGRAM, name.name(), name.span(), isLibrary, resolve);
    any = true;
    if (origin == Program.Origin.PROGRAM) {
      programs.add(self[0]);
    }
  }
}
