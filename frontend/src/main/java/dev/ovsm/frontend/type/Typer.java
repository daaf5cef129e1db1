package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Declared;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Types a program: every function once for each choice of parameter types that it is called with.
 */
public final class Typer {
  private Typer() {}

  /** The typed program; meaningless where an error was reported. */
  public static Typed type(Program program, Diagnostics diagnostics) {
    Context context = new Context(program, diagnostics);
    Session session = new Session(context);
    session.maps().declareAll();
    program.entries().values().forEach(session.entries()::declare);
    // What others go on with comes last: its parameters may get their types from the calls.
    program.entries().values().stream().filter(Typer::starts).forEach(session.entries()::type);
    session.entries().handlers().typeKnown();
    program.entries().values().stream()
        .filter(entry -> !starts(entry))
        .forEach(session.entries()::type);
    session.entries().handlers().typeAll();
    uncalled(program, session);
    unused(program, session);
    session.entries().closeParameters();
    Declared declared = declared(program, session);
    context.close();
    session.constantValues().check();
    session.entries().limitParameters();
    boolean bare =
        program.entries().values().stream()
            .anyMatch(entry -> entry.origin() == Program.Origin.BARE);
    return new Typed(
        program.name(),
        session.functions(),
        session.entries().all(),
        session.maps().all(),
        session.fixedAccounts(),
        program.arrays().entrySet().stream().map(Typer::array).toList(),
        declared,
        Discriminators.instruction("create-maps"),
        bare,
        false,
        session);
  }

  /** Data that nothing uses is checked too. */
  private static Declared declared(Program program, Session session) {
    List<Declared.Struct> structs = new ArrayList<>();
    List<Declared.Event> events = new ArrayList<>();
    for (Program.Struct struct : program.structs().values()) {
      boolean isAccount = struct.shape() == Program.Shape.ACCOUNT;
      long tag = isAccount ? Discriminators.account(struct.name()) : 0;
      boolean hasLayout = session.types().record(struct).isEmpty();
      if (hasLayout && !struct.span().source().isInternal()) {
        session
            .types()
            .layout(struct)
            .ifPresent(layout -> structs.add(new Declared.Struct(struct, layout, tag)));
      }
    }
    for (Program.Struct event : program.events().values()) {
      long tag = Discriminators.event(event.name());
      session
          .events()
          .declared(event.name())
          .ifPresent(fields -> events.add(new Declared.Event(event, fields, tag)));
    }
    List<Declared.Failing> errors = new ArrayList<>();
    program
        .errors()
        .forEach(
            (name, error) ->
                errors.add(
                    new Declared.Failing(
                        name.name(),
                        error.code().longValue(),
                        error.text() == null ? "" : error.text())));
    return new Declared(structs, events, errors);
  }

  private static boolean starts(Program.Entry entry) {
    return entry.origin() == Program.Origin.STARTUP;
  }

  private static Typed.ArrayInfo array(Map.Entry<Definition, List<Definition>> array) {
    return new Typed.ArrayInfo(
        array.getKey().name(), array.getValue().stream().map(Definition::name).toList());
  }

  /** Constants that nothing uses are checked too. */
  private static void unused(Program program, Session session) {
    for (Definition constant : List.copyOf(program.constants().keySet())) {
      session.checkUnused(constant);
    }
  }

  /** Functions that nothing calls are checked too, if their parameters say what they are. */
  private static void uncalled(Program program, Session session) {
    for (Ast.Lambda lambda : List.copyOf(program.functions().values())) {
      List<Type> types =
          lambda.parameters().stream()
              .map(session::annotation)
              .filter(java.util.Objects::nonNull)
              .toList();
      if (types.size() == lambda.parameters().size()) {
        session.instance(lambda, List.of(), types, lambda.span());
      }
    }
  }
}
