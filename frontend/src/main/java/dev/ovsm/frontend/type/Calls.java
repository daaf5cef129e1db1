package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Builtin;
import dev.ovsm.frontend.ast.Conversion;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.MemoryOperation;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types calls: of functions, function values, intrinsics and operations. */
final class Calls {
  private static final String HEAP = "heap-allocate";

  /** All but the 4 KiB of the heap where an invocation keeps what it knows of its input. */
  private static final BigInteger HEAP_BYTES = BigInteger.valueOf(28 * 1024);

  private final Session session;
  private final Context context;
  private final FunctionTyper typer;

  Calls(Session session, FunctionTyper typer) {
    this.session = session;
    this.context = session.context();
    this.typer = typer;
  }

  Hir apply(Ast.Apply apply, boolean used) {
    Ast function = apply.function();
    if (function instanceof Ast.Primitive primitive) {
      return primitive(primitive, apply);
    }
    if (function instanceof Ast.Global global) {
      return call(global, apply);
    }
    Hir value = typer.agreement().operand(typer.value(function));
    Type type = Type.resolved(value.type());
    if (type instanceof Type.Closure closure) {
      return closure(value, closure, apply);
    }
    if (type instanceof Type.Choice choice) {
      return choice(value, choice, apply);
    }
    if (type instanceof Type.Named named) {
      return call(new Ast.Global(named.definition(), function.span()), apply);
    }
    if (type instanceof Type.Function written) {
      return new Signatures(session, "", Span.none()).called(written, apply, typer);
    }
    apply.arguments().forEach(this::checkOnly);
    return type == Basic.BROKEN ? broken(apply) : notAFunction(value, type, apply);
  }

  private Hir broken(Ast.Apply apply) {
    return new Hir.Nothing(Basic.BROKEN, apply.span());
  }

  /** A call of a value: of one with fields perhaps a field was meant. */
  private Hir notAFunction(Hir value, Type type, Ast.Apply apply) {
    Diagnostic report =
        Diagnostic.at(
                apply.function().span(),
                LanguageCode.NOT_A_FUNCTION,
                "this is " + Agreement.article(type) + ", not a function")
            .withHelp("for a list of values write [a b c]; for one value drop the parentheses");
    boolean isField =
        (type instanceof Type.Struct || type instanceof Type.Fields || type instanceof Type.Account)
            && apply.arguments().size() == 1
            && apply.arguments().get(0) instanceof Ast.Key;
    if (isField && apply.span().isReal()) {
      String get =
          "(get "
              + apply.function().span().text()
              + " "
              + apply.arguments().get(0).span().text()
              + ")";
      report =
          report.withHelp("read the field: " + get).withFix(new Fix("use get", apply.span(), get));
    } else if (value instanceof Hir.Read read && read.local().span().isReal()) {
      String name = read.local().name();
      report = report.withLabel(read.local().span(), name + " is " + Agreement.article(type));
    }
    context.report(report);
    return broken(apply);
  }

  private Hir notAFunction(Span span, Type type) {
    context.report(
        Diagnostic.at(
                span,
                LanguageCode.NOT_A_FUNCTION,
                "this is " + Agreement.article(type) + ", not a function")
            .withHelp("for a list of values write [a b c]; for one value drop the parentheses"));
    return new Hir.Nothing(Basic.BROKEN, span);
  }

  /** A top-level name as a value. */
  Hir global(Ast.Global global) {
    Definition definition = global.definition();
    Span span = global.span();
    return switch (definition.kind()) {
      case CONSTANT -> at(session.constant(definition, span), span);
      case ERROR -> {
        Program.Failing error = context.program().errors().get(definition);
        yield context.constant(error == null ? BigInteger.ZERO : error.code(), Type.U64, span);
      }
      case FUNCTION, PROGRAM, MAP, PROGRAM_ARRAY, STRUCT, ENUM, EVENT, SYSCALL ->
          new Hir.Nothing(new Type.Named(definition), span);
    };
  }

  /** The value of a constant, at the place that uses it. */
  static Hir at(Hir value, Span span) {
    if (value instanceof Hir.Constant constant) {
      return new Hir.Constant(constant.value(), constant.type(), span);
    } else if (value instanceof Hir.FractionConstant fraction) {
      return new Hir.FractionConstant(fraction.value(), fraction.type(), span);
    } else if (value instanceof Hir.TextConstant text) {
      return new Hir.TextConstant(text.value(), span);
    } else if (value instanceof Hir.BytesConstant bytes) {
      return new Hir.BytesConstant(bytes.bytes(), bytes.align(), bytes.type(), span);
    }
    return new Hir.Rename(value, value.type(), span);
  }

  /** An operation's name where a value is wanted. */
  Hir primitiveValue(Ast.Primitive primitive) {
    context.report(
        Diagnostic.at(
                primitive.span(),
                LanguageCode.NOT_HERE,
                primitive.builtin().names().get(0) + " is an operation, not a value")
            .withHelp("wrap it: (lambda (x y) (" + primitive.builtin().names().get(0) + " x y))"));
    return new Hir.Nothing(Basic.BROKEN, primitive.span());
  }

  private Hir call(Ast.Global global, Ast.Apply apply) {
    Definition definition = global.definition();
    return switch (definition.kind()) {
      case FUNCTION -> function(definition, apply);
      case SYSCALL -> new Syscalls(session, typer).call(definition, apply);
      case CONSTANT -> {
        Hir value = session.constant(definition, global.span());
        yield Type.resolved(value.type()) instanceof Type.Closure closure
            ? closure(value, closure, apply)
            : notAFunction(value, Type.resolved(value.type()), apply);
      }
      case STRUCT -> new StructRules(session, typer).make(global, apply);
      case PROGRAM, MAP, PROGRAM_ARRAY, ENUM, EVENT, ERROR ->
          notAFunction(global.span(), new Type.Named(definition));
    };
  }

  private Hir function(Definition definition, Ast.Apply apply) {
    Ast.Lambda lambda = context.program().functions().get(definition);
    if (lambda == null) {
      return broken(apply);
    }
    Hir call = call(lambda, List.of(), List.of(), apply);
    boolean isHeap =
        definition.name().equals(HEAP) && definition.span().source().name().startsWith("<stdlib/");
    if (isHeap && call instanceof Hir.Call made) {
      refuseExcess(made.arguments().get(0));
    }
    return call;
  }

  /** Reports a constant number of bytes that the heap never has. */
  private void refuseExcess(Hir bytes) {
    Literals.constant(bytes)
        .filter(count -> count.compareTo(HEAP_BYTES) > 0)
        .ifPresent(
            count ->
                context.report(
                    Diagnostic.at(
                            bytes.span(),
                            LanguageCode.TOO_LARGE,
                            "these are " + count + " bytes, and the heap has " + HEAP_BYTES)
                        .withHelp("keep less, or keep it in the data of an account")));
  }

  private Hir closure(Hir value, Type.Closure closure, Ast.Apply apply) {
    List<Hir> captures = new ArrayList<>();
    for (int i = 0; i < closure.captures().size(); i++) {
      captures.add(new Hir.Part(value, i, closure.captures().get(i), apply.span()));
    }
    return call(closure.lambda(), closure.captures(), captures, apply);
  }

  /** A call of one of several functions: each is a path of its own, with the same arguments. */
  private Hir choice(Hir value, Type.Choice choice, Ast.Apply apply) {
    Span span = apply.span();
    Local local = context.local("function", choice, span);
    Hir read = new Hir.Read(local, span);
    List<Hir> paths = new ArrayList<>();
    for (Hir one : Choices.each(read, choice, span)) {
      paths.add(closure(one, (Type.Closure) one.type(), apply));
    }
    Type type = typer.agreement().join(paths, span, "the results");
    return new Hir.Sequence(
        List.of(new Hir.Write(local, value, span), Choices.select(read, paths, type, span)), span);
  }

  private Hir call(Ast.Lambda lambda, List<Type> captured, List<Hir> captures, Ast.Apply apply) {
    Arguments matched = new Arguments(session, typer);
    Optional<List<Hir>> arguments = matched.match(lambda, apply);
    if (arguments.isEmpty()) {
      return broken(apply);
    }
    List<Type> types = arguments.get().stream().map(Hir::type).toList();
    Optional<Instance> instance = session.instance(lambda, captured, types, apply.span());
    if (instance.isEmpty()) {
      return broken(apply);
    }
    List<Hir> all = new ArrayList<>(captures);
    all.addAll(arguments.get());
    Hir call = new Hir.Call(instance.get(), all, apply.span());
    if (matched.before().isEmpty()) {
      return call;
    }
    List<Hir> whole = new ArrayList<>(matched.before());
    whole.add(call);
    return new Hir.Sequence(whole, apply.span());
  }

  private Hir primitive(Ast.Primitive primitive, Ast.Apply apply) {
    Builtin builtin = primitive.builtin();
    int count = apply.arguments().size();
    if (count < builtin.fewest() || count > builtin.most()) {
      apply.arguments().forEach(this::checkOnly);
      String most =
          builtin.most() == Integer.MAX_VALUE
              ? "at least " + Agreement.arguments(builtin.fewest())
              : builtin.fewest() == builtin.most()
                  ? Agreement.arguments(builtin.fewest())
                  : builtin.fewest() + " to " + Agreement.arguments(builtin.most());
      context.report(
          Diagnostic.at(
                  apply.span(),
                  LanguageCode.WRONG_ARGUMENTS,
                  primitive.name() + " takes " + most + ", and this gives it " + count)
              .withHelp("give it " + most));
      return broken(apply);
    }
    if (builtin instanceof Operator operator) {
      return new Operators(session, typer).apply(operator, apply);
    } else if (builtin instanceof Conversion conversion) {
      return new Operators(session, typer).convert(conversion, primitive.name(), apply);
    } else if (builtin instanceof MemoryOperation memory) {
      return new MemoryRules(typer).apply(memory, apply);
    } else if (builtin instanceof Operation operation) {
      return new Operations(session, typer).apply(operation, apply);
    }
    throw new IllegalStateException("builtin " + builtin);
  }

  private void checkOnly(Ast argument) {
    if (!(argument instanceof Ast.Key)) {
      typer.value(argument);
    }
  }
}
