package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.hir.Type.Freedom;
import dev.ovsm.frontend.idl.IdlName;
import dev.ovsm.ir.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The entries of the program: those that the source names, and one for every callback lambda. */
final class Entries {
  private final Session session;
  private final Map<String, EntryDraft> drafts = new LinkedHashMap<>();
  private final Map<Long, Definition> instructions = new HashMap<>();
  private final Handlers handlers;
  private final EntryParameters parameters;
  private final Set<String> chained = new LinkedHashSet<>();
  private String current = "main";

  Entries(Session session) {
    this.session = session;
    this.parameters = new EntryParameters(session);
    this.handlers = new Handlers(session.events());
  }

  /** Makes an entry of the source known, with its parameters. */
  void declare(Program.Entry entry) {
    String name = entry.definition().name();
    refuseSameDiscriminator(entry.definition());
    List<Local> locals = new ArrayList<>();
    for (Parameter parameter : entry.lambda().parameters()) {
      locals.add(parameters.local(parameter, List.of(), 0));
    }
    boolean bare = entry.origin() == Program.Origin.BARE;
    Type result = bare ? session.context().var(Freedom.ANY, entry.span()) : Basic.UNIT;
    Entry.Kind kind =
        entry.origin() == Program.Origin.STARTUP ? Entry.Kind.STARTUP : Entry.Kind.INSTRUCTION;
    EntryDraft draft =
        new EntryDraft(
            new Instance(entry.lambda().id(), name, locals, result, entry.span()),
            kind,
            entry.span());
    draft.source = entry;
    drafts.put(name, draft);
  }

  /** Names that differ in their dashes alone would be one instruction. */
  private void refuseSameDiscriminator(Definition entry) {
    long discriminator = Discriminators.instruction(entry.name());
    Definition earlier = instructions.putIfAbsent(discriminator, entry);
    if (earlier != null) {
      session
          .context()
          .report(
              Diagnostic.at(
                      entry.span(),
                      LanguageCode.DUPLICATE_DEFINITION,
                      entry.name() + " and " + earlier.name() + " are one instruction")
                  .withLabel(earlier.span(), "the other")
                  .withNote("clients call both " + IdlName.snake(entry.name()))
                  .withHelp("rename one of them"));
    }
  }

  /** Types the body of an entry of the source. */
  void type(Program.Entry entry) {
    current = entry.definition().name();
    EntryDraft draft = draft(current);
    boolean bare = entry.origin() == Program.Origin.BARE;
    Type result = bare ? session.context().var(Freedom.ANY, entry.span()) : Basic.UNIT;
    FunctionTyper typer = new FunctionTyper(session, result);
    typer.in(entry.lambda().body());
    List<Local> parameters = draft.function.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      typer.bind(entry.lambda().parameters().get(i).variable(), parameters.get(i));
    }
    List<Hir> body = new ArrayList<>();
    if (entry.accounts() != null) {
      body.addAll(new DeclaredAccounts(session, typer).bind(entry.accounts()));
    }
    Ast code = entry.lambda().body();
    if (bare) {
      typer.exits();
    }
    Hir last = bare ? typer.value(code) : typer.effect(code);
    Hir value = bare ? new Conditions(typer).code(last) : last;
    // An id says that something worked, and a code would say that it failed.
    boolean isId = Type.resolved(value.type()) == Basic.ID;
    draft.value = isId ? Basic.UNIT : last.type();
    body.add(isId ? new Hir.Discard(value, value.span()) : value);
    draft.function.define(new Hir.Sequence(body, entry.span()));
  }

  private EntryDraft draft(String name) {
    EntryDraft draft = drafts.get(name);
    if (draft == null) {
      throw new IllegalStateException("no entry " + name);
    }
    return draft;
  }

  /** Parameters whose type nothing decides are {@code u64}. */
  void closeParameters() {
    parameters.close();
  }

  /** Reports parameters that no instruction's data can hold. */
  void limitParameters() {
    drafts.values().forEach(draft -> parameters.limit(draft.function));
  }

  /** The parameters of an entry of the source that another one goes on with. */
  Optional<List<Local>> chain(String name) {
    chained.add(name);
    return Optional.ofNullable(drafts.get(name)).map(draft -> draft.function.parameters());
  }

  /**
   * The instruction that calls back what an argument names: a program, or a lambda, which becomes
   * an entry of its own; or the bytes of an instruction themselves.
   *
   * @param budget compute units that the registration declares, 0 if none
   */
  Hir callback(FunctionTyper typer, Ast argument, Given given, long budget) {
    Hir callback = callback(typer, argument, given);
    if (callback instanceof Hir.Callback known) {
      EntryDraft draft = draft(known.entry());
      draft.budget = Math.max(draft.budget, budget);
    }
    return callback;
  }

  private Hir callback(FunctionTyper typer, Ast argument, Given given) {
    Hir value = typer.agreement().operand(typer.value(argument));
    Type type = Type.resolved(value.type());
    Span span = argument.span();
    if (type == Basic.STRING) {
      return value;
    }
    if (type instanceof Type.Named named && named.definition().kind() == Definition.Kind.PROGRAM) {
      return program(named.definition().name(), typer, given, span);
    }
    if (type instanceof Type.Named named && named.definition().kind() == Definition.Kind.FUNCTION) {
      Ast.Lambda lambda = session.context().program().functions().get(named.definition());
      return lambda == null
          ? typer.agreement().broken(span)
          : lambda(lambda, value, new Type.Closure(lambda, List.of()), given, span);
    }
    if (type instanceof Type.Closure closure) {
      return lambda(closure.lambda(), value, closure, given, span);
    }
    if (type != Basic.BROKEN) {
      session
          .context()
          .report(
              Diagnostic.at(
                      span,
                      LanguageCode.TYPE_MISMATCH,
                      "this is " + Agreement.article(type) + " and a callback is needed")
                  .withHelp("give a lambda or the name of a program"));
    }
    return typer.agreement().broken(span);
  }

  private Hir program(String name, FunctionTyper typer, Given given, Span span) {
    EntryDraft draft = draft(name);
    draft.kind = Entry.Kind.CALLBACK;
    draft.payload = given.payload();
    List<Type> types =
        given.event() == null
            ? given.types()
            : session.events().known(given.event()).<List<Type>>map(List::of).orElse(List.of());
    List<Local> parameters = draft.function.parameters();
    for (int i = 0; i < Math.min(types.size(), parameters.size()); i++) {
      if (!Unifier.unify(parameters.get(i).type(), types.get(i), span)) {
        session
            .context()
            .report(
                Diagnostic.at(
                        span,
                        LanguageCode.TYPE_MISMATCH,
                        name + " is called back with " + types.get(i).word())
                    .withLabel(
                        parameters.get(i).span(),
                        parameters.get(i).name() + " is " + parameters.get(i).type().word())
                    .withHelp("give the parameter that type"));
      }
    }
    this.parameters.refuseMore(name, parameters, given, span);
    return new Hir.Callback(name, List.of(), accounts(name, draft, typer, span), false, span);
  }

  /** The accounts that a program declares, taken from the bindings of the same names. */
  private List<Hir> accounts(String name, EntryDraft draft, FunctionTyper typer, Span span) {
    List<Hir> accounts = new ArrayList<>();
    Program.Entry source = draft.source;
    List<Program.Account> declared =
        source == null || source.accounts() == null ? List.of() : source.accounts();
    for (Program.Account account : declared) {
      if (account.address() != null) {
        continue;
      }
      Local local = typer.visible().get(account.variable().name());
      if (local != null && Type.resolved(local.type()) instanceof Type.Account) {
        accounts.add(new Hir.Read(local, span));
      } else {
        session
            .context()
            .report(
                Diagnostic.at(
                        span,
                        LanguageCode.NOT_HERE,
                        name + " needs the account " + account.variable().name())
                    .withLabel(account.variable().span(), "declared here")
                    .withHelp(
                        "declare it where the callback is registered: :accounts (("
                            + account.variable().name()
                            + "))"));
      }
    }
    return accounts;
  }

  private Hir lambda(Ast.Lambda lambda, Hir value, Type.Closure closure, Given given, Span span) {
    String name = unique(current + "-callback");
    List<Local> parameters = new ArrayList<>();
    List<Hir> captures = new ArrayList<>();
    List<Program.Account> accounts = new ArrayList<>();
    List<Hir> passed = new ArrayList<>();
    List<Hir> prologue = new ArrayList<>();
    FunctionTyper typer = new FunctionTyper(session, Basic.UNIT);
    typer.in(lambda.body());
    for (int i = 0; i < closure.captures().size(); i++) {
      Variable variable = lambda.captures().get(i);
      Type type = Type.resolved(closure.captures().get(i));
      Hir capture = new Hir.Part(value, i, type, span);
      Local local = session.context().local(variable.name(), type, variable.span());
      typer.bind(variable, local);
      Optional<Ast> lookup =
          session.mapPlaces().of(session.context().program().canonical(variable));
      if (lookup.isPresent()) {
        // The same place of a map lies elsewhere in another invocation: it is looked up there.
        Hir found = typer.agreement().decay(typer.value(lookup.get()));
        prologue.add(new Hir.Write(local, found, span));
      } else if (type instanceof Type.Account) {
        // An account travels as an account of the instruction, not in its data.
        Hir place = new Hir.Constant(java.math.BigInteger.valueOf(accounts.size()), Type.U64, span);
        Hir record = new Accounts(session, typer).byIndex(place, type, span);
        prologue.add(new Hir.Write(local, record, span));
        accounts.add(new Program.Account(variable, false, true, false, null, null, null, ""));
        passed.add(capture);
      } else {
        parameters.add(local);
        captures.add(capture);
      }
    }
    String event = given.event();
    Type payload = new Type.Var(Freedom.ANY);
    List<Type> types = event == null ? given.types() : List.of(payload);
    for (int i = 0; i < lambda.parameters().size(); i++) {
      Local local = this.parameters.local(lambda.parameters().get(i), types, i);
      parameters.add(local);
      typer.bind(lambda.parameters().get(i).variable(), local);
    }
    this.parameters.refuseMore(
        "this function", parameters.subList(captures.size(), parameters.size()), given, span);
    Instance instance = new Instance(lambda.id(), name, parameters, Basic.UNIT, lambda.span());
    EntryDraft draft = new EntryDraft(instance, Entry.Kind.CALLBACK, lambda.span());
    draft.captures = captures.size();
    draft.accounts = accounts;
    boolean takesPayload = !lambda.parameters().isEmpty();
    draft.payload = takesPayload ? given.payload() : EntryInfo.Payload.NONE;
    drafts.put(name, draft);
    Runnable body = () -> body(name, instance, typer, prologue, lambda);
    if (event == null || !takesPayload) {
      body.run();
    } else {
      Type parameter = parameters.get(captures.size()).type();
      handlers.add(event, parameter, lambda.span(), body);
    }
    return new Hir.Callback(name, captures, passed, false, span);
  }

  private void body(
      String name, Instance instance, FunctionTyper typer, List<Hir> prologue, Ast.Lambda lambda) {
    String outer = current;
    current = name;
    List<Hir> all = new ArrayList<>(prologue);
    all.add(typer.effect(lambda.body()));
    instance.define(new Hir.Sequence(all, lambda.span()));
    current = outer;
  }

  /** The handlers of events that the entries register. */
  Handlers handlers() {
    return handlers;
  }

  private String unique(String name) {
    String candidate = name;
    for (int i = 2; drafts.containsKey(candidate); i++) {
      candidate = name + "-" + i;
    }
    return candidate;
  }

  /** All entries, in the order of the source, those of callbacks after what registers them. */
  List<EntryInfo> all() {
    List<EntryInfo> all = new ArrayList<>();
    drafts.forEach((name, draft) -> all.add(draft.info(name, chained.contains(name))));
    return all;
  }
}
