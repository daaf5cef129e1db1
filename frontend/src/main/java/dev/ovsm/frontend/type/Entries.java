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
import dev.ovsm.ir.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The entries of the program: those that the source names, and one for every callback lambda. */
final class Entries {
  private final Session session;
  private final Map<String, EntryInfo> entries = new LinkedHashMap<>();
  private final Set<String> callbacks = new LinkedHashSet<>();
  private final List<Type> open = new ArrayList<>();
  private String current = "main";

  Entries(Session session) {
    this.session = session;
  }

  /** Types an entry of the source. */
  void type(Program.Entry entry) {
    current = entry.definition().name();
    List<Local> parameters = new ArrayList<>();
    for (Parameter parameter : entry.lambda().parameters()) {
      parameters.add(parameter(parameter, List.of(), 0));
    }
    boolean bare = entry.origin() == Program.Origin.BARE;
    Type result = bare ? session.context().var(Freedom.ANY, entry.span()) : Basic.UNIT;
    Instance instance = new Instance(current, parameters, result, entry.span());
    FunctionTyper typer = new FunctionTyper(session, result);
    for (int i = 0; i < parameters.size(); i++) {
      typer.bind(entry.lambda().parameters().get(i).variable(), parameters.get(i));
    }
    List<Hir> body = new ArrayList<>();
    if (entry.accounts() != null) {
      body.addAll(new DeclaredAccounts(session, typer).bind(entry.accounts()));
    }
    body.add(bare ? bareBody(typer, entry, result) : typer.effect(entry.lambda().body()));
    instance.define(new Hir.Sequence(body, entry.span()));
    Entry.Kind kind =
        entry.origin() == Program.Origin.STARTUP ? Entry.Kind.STARTUP : Entry.Kind.INSTRUCTION;
    entries.put(
        current,
        new EntryInfo(
            current,
            Discriminators.instruction(current),
            kind,
            entry.isPublic(),
            entry.budget(),
            instance,
            0,
            bare,
            entry.accounts(),
            entry.span()));
  }

  private static Hir bareBody(FunctionTyper typer, Program.Entry entry, Type result) {
    Hir value = typer.value(entry.lambda().body());
    Type type = Type.resolved(value.type());
    if (type != Basic.NEVER) {
      Unifier.unify(result, type, entry.span());
    }
    return value;
  }

  private Local parameter(Parameter parameter, List<Type> given, int index) {
    Variable variable = parameter.variable();
    Type written = session.annotation(parameter);
    Type type = written;
    if (type == null && index < given.size()) {
      type = given.get(index);
    }
    if (type == null) {
      type = session.context().var(Freedom.NUMBER, variable.span());
      open.add(type);
    }
    return session.context().local(variable.name(), type, variable.span());
  }

  /** Parameters whose type nothing decides are {@code u64}. */
  void closeParameters() {
    for (Type type : open) {
      if (Type.resolved(type) instanceof Type.Var) {
        Unifier.unify(type, Type.U64, Span.none());
      }
    }
  }

  /**
   * The instruction that calls back what an argument names: a program, or a lambda, which becomes
   * an entry of its own.
   *
   * @param given the types of the values that the runtime passes
   */
  Hir callback(FunctionTyper typer, Ast argument, List<Type> given) {
    Hir value = typer.value(argument);
    Type type = Type.resolved(value.type());
    if (type instanceof Type.Named named && named.definition().kind() == Definition.Kind.PROGRAM) {
      callbacks.add(named.definition().name());
      return new Hir.Callback(named.definition().name(), List.of(), argument.span());
    }
    if (type instanceof Type.Named named && named.definition().kind() == Definition.Kind.FUNCTION) {
      Ast.Lambda lambda = session.context().program().functions().get(named.definition());
      return lambda == null
          ? typer.agreement().broken(argument.span())
          : lambda(lambda, value, new Type.Closure(lambda, List.of()), given, argument.span());
    }
    if (type instanceof Type.Closure closure) {
      return lambda(closure.lambda(), value, closure, given, argument.span());
    }
    if (type != Basic.BROKEN) {
      session
          .context()
          .report(
              Diagnostic.at(
                      argument.span(),
                      LanguageCode.TYPE_MISMATCH,
                      "this is " + Agreement.article(type) + " and a callback is needed")
                  .withHelp("give a lambda or the name of a program"));
    }
    return typer.agreement().broken(argument.span());
  }

  private Hir lambda(
      Ast.Lambda lambda, Hir value, Type.Closure closure, List<Type> given, Span span) {
    String outer = current;
    String name = unique(outer + "-callback");
    List<Local> parameters = new ArrayList<>();
    List<Hir> captures = new ArrayList<>();
    FunctionTyper typer = new FunctionTyper(session, Basic.UNIT);
    for (int i = 0; i < closure.captures().size(); i++) {
      Variable variable = lambda.captures().get(i);
      Type type = closure.captures().get(i);
      Local local = session.context().local(variable.name(), type, variable.span());
      parameters.add(local);
      typer.bind(variable, local);
      captures.add(new Hir.Part(value, i, type, span));
    }
    for (int i = 0; i < lambda.parameters().size(); i++) {
      Local local = parameter(lambda.parameters().get(i), given, i);
      parameters.add(local);
      typer.bind(lambda.parameters().get(i).variable(), local);
    }
    Instance instance = new Instance(name, parameters, Basic.UNIT, lambda.span());
    entries.put(
        name,
        new EntryInfo(
            name,
            Discriminators.instruction(name),
            Entry.Kind.CALLBACK,
            false,
            0,
            instance,
            captures.size(),
            false,
            null,
            lambda.span()));
    current = name;
    instance.define(typer.effect(lambda.body()));
    current = outer;
    return new Hir.Callback(name, captures, span);
  }

  private String unique(String name) {
    String candidate = name;
    for (int i = 2; taken(candidate); i++) {
      candidate = name + "-" + i;
    }
    return candidate;
  }

  private boolean taken(String name) {
    return entries.containsKey(name)
        || session.context().program().entries().keySet().stream()
            .anyMatch(definition -> definition.name().equals(name));
  }

  /** All entries, in the order of the source, those of callbacks after what registers them. */
  List<EntryInfo> all() {
    List<EntryInfo> all = new ArrayList<>();
    for (EntryInfo entry : entries.values()) {
      boolean called = callbacks.contains(entry.name());
      all.add(called ? entry.withKind(Entry.Kind.CALLBACK) : entry);
    }
    return all;
  }
}
