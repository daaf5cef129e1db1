package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.hir.AccountInfo;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.hir.Type.Freedom;
import dev.ovsm.frontend.hir.Typed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The functions of a compilation, typed once for every choice of parameter types. */
final class Session implements Typed.Functions {
  private static final int DEEPEST = 200;
  private static final int MOST_INSTANCES = 20_000;

  private final Context context;
  private final TypeForms types;
  private final Maps maps;
  private final ConstantValues constantValues;
  private final Events events;
  private final Entries entries;
  private final MapPlaces mapPlaces = new MapPlaces();
  private final Accounts.Fixed accounts = new Accounts.Fixed();
  private final List<Instance> functions = new ArrayList<>();

  /** By the very lambda: what it holds is much to compare. */
  private final IdentityHashMap<Ast.Lambda, List<Known>> known = new IdentityHashMap<>();

  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final Deque<Ast.Lambda> active = new ArrayDeque<>();
  private final Map<Definition, Hir> constants = new LinkedHashMap<>();
  private final Map<String, Tag> tags = new LinkedHashMap<>();

  Session(Context context) {
    this.context = context;
    this.types = new TypeForms(context);
    this.maps = new Maps(context, types);
    this.events = new Events(context, types);
    this.constantValues = new ConstantValues(context);
    this.entries = new Entries(this);
  }

  /**
   * What is thrown by a name.
   *
   * @param number tells the tag from others, from 1
   * @param span where it is thrown first, or caught if it is not thrown yet
   * @param isThrown whether it is
   */
  record Tag(int number, Type type, Span span, boolean isThrown) {}

  Tag tag(String name, Span span, boolean throwsIt) {
    Tag known = tags.get(name);
    if (known == null) {
      known = new Tag(tags.size() + 1, context.var(Freedom.ANY, span), span, throwsIt);
    } else if (throwsIt && !known.isThrown()) {
      known = new Tag(known.number(), known.type(), span, true);
    }
    tags.put(name, known);
    return known;
  }

  /** An instance and the parameter types it was made for. */
  private record Known(List<Type> types, Instance instance) {}

  Context context() {
    return context;
  }

  ConstantValues constantValues() {
    return constantValues;
  }

  TypeForms types() {
    return types;
  }

  Maps maps() {
    return maps;
  }

  Events events() {
    return events;
  }

  /** The account at a fixed address. */
  AccountInfo fixedAccount(List<Byte> address, boolean writable) {
    return accounts.get(address, writable);
  }

  List<AccountInfo> fixedAccounts() {
    return accounts.all();
  }

  Entries entries() {
    return entries;
  }

  MapPlaces mapPlaces() {
    return mapPlaces;
  }

  List<Instance> functions() {
    return functions;
  }

  /** The instance of a function for arguments of these types, which fit its parameters. */
  Optional<Instance> instance(
      Ast.Lambda lambda, List<Type> captures, List<Type> arguments, Span at) {
    List<Type> all = new ArrayList<>(captures);
    for (int i = 0; i < arguments.size(); i++) {
      Parameter parameter = lambda.parameters().get(i);
      Type written = annotation(parameter);
      boolean isOwn = written == null || Signatures.isWritten(written);
      all.add(isOwn ? Type.resolved(arguments.get(i)) : written);
    }
    List<Known> earlier = known.computeIfAbsent(lambda, l -> new ArrayList<>());
    for (Known candidate : earlier) {
      if (candidate.types().equals(all)) {
        return Optional.of(candidate.instance());
      }
    }
    if (active.contains(lambda)) {
      for (Known candidate : earlier) {
        if (agree(candidate.types(), all, at)) {
          return Optional.of(candidate.instance());
        }
      }
    }
    if (active.size() >= DEEPEST || functions.size() >= MOST_INSTANCES) {
      context.report(
          Diagnostic.at(
                  at,
                  LanguageCode.TOO_LARGE,
                  "this call would make one version of " + lambda.name() + " after another")
              .withHelp("write the types of its parameters: (name : type)"));
      return Optional.empty();
    }
    context.enterCall(lambda, at);
    Instance made = make(lambda, all, captures.size(), earlier);
    context.leaveCall();
    return Optional.of(made);
  }

  private static boolean agree(List<Type> left, List<Type> right, Span at) {
    for (int i = 0; i < left.size(); i++) {
      boolean open = Type.resolved(right.get(i)) instanceof Type.Var;
      if (!left.get(i).equals(right.get(i)) && !open) {
        return false;
      }
    }
    for (int i = 0; i < left.size(); i++) {
      if (!Unifier.unify(left.get(i), right.get(i), at)) {
        return false;
      }
    }
    return true;
  }

  private Instance make(Ast.Lambda lambda, List<Type> all, int captures, List<Known> earlier) {
    List<Local> parameters = new ArrayList<>();
    for (int i = 0; i < captures; i++) {
      parameters.add(context.local(lambda.captures().get(i).name(), all.get(i), lambda.span()));
    }
    for (int i = captures; i < all.size(); i++) {
      Parameter parameter = lambda.parameters().get(i - captures);
      parameters.add(
          context.local(parameter.variable().name(), all.get(i), parameter.variable().span()));
    }
    Type written = lambda.result() == null ? null : types.read(lambda.result());
    Type result =
        written == null || Signatures.isWritten(written)
            ? context.var(Freedom.ANY, lambda.span())
            : written;
    Instance instance =
        new Instance(lambda.id(), unique(lambda.name()), parameters, result, lambda.span());
    earlier.add(new Known(all, instance));
    functions.add(instance);
    active.push(lambda);
    instance.define(body(lambda, captures, instance, result));
    active.pop();
    if (dev.ovsm.frontend.hir.Sizes.keepsAddresses(instance.result())) {
      context.report(
          Diagnostic.at(
                  lambda.span(),
                  LanguageCode.NOT_HERE,
                  "functions of what "
                      + lambda.name()
                      + " returns capture an array, a struct or a key, which end with the call")
              .withHelp("return the functions by themselves or in a record, not in an array"));
    }
    if (written != null && Signatures.isWritten(written)) {
      new Signatures(this, lambda.name() + " returns", resultSpan(lambda))
          .check(instance.result(), written, lambda.span());
    }
    return instance;
  }

  private Hir body(Ast.Lambda lambda, int captures, Instance instance, Type result) {
    FunctionTyper typer = new FunctionTyper(this, result);
    typer.in(lambda.body());
    List<Local> parameters = instance.parameters();
    for (int i = 0; i < captures; i++) {
      typer.bind(lambda.captures().get(i), parameters.get(i));
    }
    for (int i = captures; i < parameters.size(); i++) {
      typer.bind(lambda.parameters().get(i - captures).variable(), parameters.get(i));
    }
    Type wanted = Type.resolved(result);
    if (wanted == Basic.UNIT) {
      return typer.effect(lambda.body());
    }
    Hir value = typer.value(lambda.body());
    Type type = Type.resolved(value.type());
    if (type == Basic.NEVER) {
      return value;
    }
    // What the body returns early may have said what the result is.
    Type known = Type.resolved(result);
    if (known instanceof Type.Var) {
      Unifier.unify(result, type, lambda.span());
      return value;
    }
    return typer.agreement().coerce(value, known, lambda.name() + " returns", resultSpan(lambda));
  }

  private static Span resultSpan(Ast.Lambda lambda) {
    return lambda.result() == null ? lambda.span() : lambda.result().span();
  }

  /** The type written beside a parameter, or null. */
  @Nullable Type annotation(Parameter parameter) {
    return parameter.variable().type() == null ? null : types.read(parameter.variable().type());
  }

  /** A name for a function of the IR that no other has. */
  String unique(String name) {
    int number = names.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + "." + number;
  }

  /** The value of a constant, typed anew for each use so that literals stay open. */
  Hir constant(Definition definition, Span at) {
    Ast whole = context.program().constants().get(definition);
    return constant(definition, whole, at);
  }

  /** Its value, or a part of it, typed anew. */
  Hir constant(Definition definition, @Nullable Ast part, Span at) {
    Hir value = constantValue(definition, part, at);
    constantValues.use(definition, value, at);
    return value;
  }

  /**
   * The record that a constant is, if all of it has been looked at before: then a field of it does
   * not need the others, of which there may be many.
   */
  Optional<Ast.Fields> knownRecord(Definition definition) {
    return constantValues.isUsed(definition)
            && context.program().constants().get(definition) instanceof Ast.Fields record
        ? Optional.of(record)
        : Optional.empty();
  }

  /** Looks at a constant that nothing uses. */
  void checkUnused(Definition constant) {
    constantValues.checkUnused(
        constant,
        () ->
            constantValue(constant, context.program().constants().get(constant), constant.span()));
  }

  private Hir constantValue(Definition definition, @Nullable Ast value, Span at) {
    if (value == null || constants.containsKey(definition)) {
      if (value != null) {
        context.report(
            Diagnostic.at(
                    definition.span(),
                    LanguageCode.NOT_CONSTANT,
                    definition.name() + " is defined by itself")
                .withHelp("give it a value that does not mention it"));
      }
      return new Hir.Nothing(Basic.BROKEN, at);
    }
    constants.put(definition, new Hir.Nothing(Basic.BROKEN, at));
    FunctionTyper typer = new FunctionTyper(this, Basic.UNIT);
    Hir typed = typer.value(value);
    constants.remove(definition);
    return typed;
  }

  @Override
  public Instance function(String name, List<Type> parameters) {
    Definition definition = context.program().library().function(name);
    Ast.Lambda lambda = context.program().functions().get(definition);
    if (lambda == null) {
      throw new IllegalStateException("the library's " + name + " is no function");
    }
    Instance instance =
        instance(lambda, List.of(), parameters, lambda.span())
            .orElseThrow(() -> new IllegalStateException("the library's " + name));
    // While functions are being typed their open types wait for more uses.
    if (context.isComplete()) {
      context.close();
    }
    return instance;
  }
}
