package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Types the operations on values, memory and the program. */
final class Operations {
  private static final BigInteger FIRST_ERROR = BigInteger.valueOf(6000);
  private static final int LARGEST_SLOT = 4096;
  private static final int LARGEST_COPY = 10_240;

  private final Session session;
  private final FunctionTyper typer;
  private final Agreement agreement;

  Operations(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.agreement = typer.agreement();
  }

  Hir apply(Operation operation, Ast.Apply apply) {
    return switch (operation) {
      case GET -> new Places(typer, session).get(apply);
      case ELEMENTS_FROM -> new Elements(typer, new Places(typer, session)).from(apply);
      case TEXT -> new Texts(session, typer).made(apply);
      case TEXT_AT -> new Texts(session, typer).at(apply);
      case LENGTH -> length(apply);
      case PUSH -> new Vectors(typer).push(apply);
      case POP -> new Vectors(typer).pop(apply);
      case CLEAR -> new Vectors(typer).clear(apply);
      case LOG -> new LogRules(typer).log(apply);
      case EMIT -> new EventLog(session, typer).emit(apply);
      case MAP_LOOKUP -> new MapRules(session, typer).lookup(apply);
      case MAP_UPDATE -> new KeyedMaps(session, typer).update(apply);
      case MAP_DELETE -> new KeyedMaps(session, typer).delete(apply);
      case MAP_LENGTH -> new Queues(session, typer).length(apply);
      case MAP_PUSH -> new Queues(session, typer).push(apply);
      case MAP_POP -> new Queues(session, typer).take(apply, true);
      case MAP_PEEK -> new Queues(session, typer).take(apply, false);
      case FAIL -> new Hir.Fail(code(apply.arguments().get(0)), apply.span());
      case ERROR -> error(apply);
      case REQUIRE -> require(apply);
      case ASSERT -> assertion(apply);
      case SYSCALL -> syscall(apply);
      case STACK_ALLOCATE -> stackBytes(apply);
      case COPY -> copy(apply);
      case ZERO -> zero(apply);
      case ADDRESS_OF -> address(apply);
      case VALUE_OF -> agreement.operand(typer.value(apply.arguments().get(0)));
      case CONTEXT -> new Hir.Context(apply.span());
      case LOW_WORD -> half(apply, 0);
      case HIGH_WORD -> half(apply, 1);
      case MAKE_U128 -> wide(apply, Type.U128);
      case MAKE_I128 -> wide(apply, Type.I128);
      case F64_BITS -> rename(apply, Basic.F64, Type.U64);
      case BITS_F64 -> rename(apply, Type.U64, Basic.F64);
      case TO_F64 -> number(apply, Basic.F64);
      case TO_DECIMAL -> number(apply, Basic.DECIMAL);
      case DECIMAL_MILLIONTHS -> rename(apply, Basic.DECIMAL, Type.I128);
      case MILLIONTHS_DECIMAL -> rename(apply, Type.I128, Basic.DECIMAL);
      case ACCOUNT -> new Accounts(session, typer).account(apply);
      case ACCOUNT_RECORD -> new Accounts(session, typer).record(apply);
      case ACCOUNT_AT -> new Accounts(session, typer).at(apply);
      case STRUCT_SIZE -> new StructRules(session, typer).size(apply);
      case STRUCT_OFFSET -> new StructRules(session, typer).offset(apply);
      case STRUCT_IDL -> new StructRules(session, typer).idl(apply);
      case STRUCT_FIELD_SIZE -> new StructRules(session, typer).fieldSize(apply);
      case STRUCT_ADDRESS -> new StructRules(session, typer).address(apply);
      case STRUCT_GET -> new StructRules(session, typer).get(apply);
      case STRUCT_SET -> new StructRules(session, typer).set(apply);
      case TAIL_CALL -> new TailCalls(session, typer).call(apply);
      case SUBSCRIBE -> new Subscriptions(session, typer).subscribe(apply);
      case BUILD_INSTRUCTION -> new Instructions(typer).build(apply);
      case SERIALIZE_INSTRUCTION -> new Instructions(typer).serialize(apply);
      case ASSOC -> assoc(apply);
    };
  }

  /** A half of a 128-bit number as a word. */
  private Hir half(Ast.Apply apply, int index) {
    Hir value = typer.value(apply.arguments().get(0));
    return new Hir.Part(value, index, Type.U64, apply.span());
  }

  private Hir wide(Ast.Apply apply, Type type) {
    Hir low = word(apply.arguments().get(0));
    return new Hir.Compose(List.of(low, word(apply.arguments().get(1))), type, apply.span());
  }

  private Hir word(Ast ast) {
    return typer.word(ast).orElseGet(() -> new Hir.Zeros(Type.U64, ast.span()));
  }

  /** The same bits under another type. */
  private Hir rename(Ast.Apply apply, Type from, Type to) {
    Hir value = typer.value(apply.arguments().get(0));
    Hir fitting = agreement.coerce(value, from, "the argument is", apply.span());
    return new Hir.Rename(fitting, to, apply.span());
  }

  /** A number as an {@code f64} or a {@code decimal}. */
  private Hir number(Ast.Apply apply, Type to) {
    Hir value = typer.value(apply.arguments().get(0));
    return agreement
        .number(value)
        .map(number -> Agreement.convert(number, to, Mode.CHECK, apply.span()))
        .orElseGet(() -> agreement.broken(apply.span()));
  }

  private Hir length(Ast.Apply apply) {
    Hir value = agreement.operand(typer.value(apply.arguments().get(0)));
    Type type = Type.resolved(value.type());
    if (type instanceof Type.Array array) {
      return new Hir.Constant(BigInteger.valueOf(array.length()), Type.U64, apply.span());
    }
    if (type == Basic.STRING) {
      return new Hir.Part(value, 1, Type.U64, apply.span());
    }
    if (Ranges.isRange(type)) {
      return new Ranges(typer).length(value, apply.span());
    }
    if (type instanceof Type.Vec vec) {
      return Vectors.length(value, vec, typer.context(), apply.span());
    }
    return wrongType(value, type, "length takes a string, an array or a vector");
  }

  /** {@code (assoc record "field" value)}: the record with another value in a field. */
  private Hir assoc(Ast.Apply apply) {
    Hir whole = agreement.operand(typer.value(apply.arguments().get(0)));
    Type type = Type.resolved(whole.type());
    if (!(type instanceof Type.Fields fields)) {
      return wrongType(whole, type, "assoc takes a record, a field and a value");
    }
    Places places = new Places(typer, session);
    int index = places.field(fields, apply.arguments().get(1));
    return index < 0
        ? agreement.broken(apply.span())
        : places.replace(
            whole,
            fields,
            index,
            agreement.decay(typer.value(apply.arguments().get(2))),
            apply.span());
  }

  private Hir wrongType(Hir value, Type type, String help) {
    if (type != Basic.BROKEN) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      value.span(),
                      LanguageCode.TYPE_MISMATCH,
                      "this is " + Agreement.article(type))
                  .withHelp(help));
    }
    return agreement.broken(value.span());
  }

  /** An error code: a number, the name of an error, or a keyword that names one. */
  private Hir code(Ast ast) {
    if (ast instanceof Ast.Key key) {
      return named(key);
    }
    return typer.word(ast).orElseGet(() -> new Hir.Constant(BigInteger.ONE, Type.U64, ast.span()));
  }

  private Hir named(Ast.Key key) {
    Program.Failing error = typer.context().declared().error(key.name());
    if (error != null) {
      return new Hir.Constant(error.code(), Type.U64, key.span());
    }
    Set<Definition> errors = typer.context().program().errors().keySet();
    typer
        .context()
        .reportUnknown(
            Diagnostic.at(key.span(), LanguageCode.UNKNOWN_NAME, "no error is named " + key.name())
                .withHelp("define it: (define-error " + key.name() + " \"what is wrong\")"),
            key.span(),
            key.name(),
            errors.stream().map(Definition::name).toList());
    return new Hir.Constant(FIRST_ERROR, Type.U64, key.span());
  }

  /** {@code (error "text" …)} logs and fails; of anything else it is {@code fail}. */
  private Hir error(Ast.Apply apply) {
    Ast first = apply.arguments().get(0);
    Span span = apply.span();
    if (!(first instanceof Ast.Text) && apply.arguments().size() == 1) {
      return new Hir.Fail(code(first), span);
    }
    return new Hir.Sequence(
        List.of(new LogRules(typer).log(apply), Failures.fail(Failure.ASSERTION, span)), span);
  }

  /** {@code (require condition code)} fails with 6000 + code, or with the code of a named error. */
  private Hir require(Ast.Apply apply) {
    List<Ast> arguments = apply.arguments();
    Span span = apply.span();
    Hir condition = typer.condition(arguments.get(0));
    Ast what = arguments.size() > 1 ? arguments.get(1) : null;
    if (what == null || what instanceof Ast.Text) {
      return Failures.unless(condition, Failure.ASSERTION, span);
    }
    boolean isNamed =
        what instanceof Ast.Key
            || (what instanceof Ast.Global global
                && global.definition().kind() == Definition.Kind.ERROR);
    Hir code = code(what);
    if (!isNamed) {
      Hir base = new Hir.Constant(FIRST_ERROR, Type.U64, span);
      code =
          Literals.constant(code)
              .<Hir>map(known -> new Hir.Constant(known.add(FIRST_ERROR), Type.U64, span))
              .orElse(new Hir.Arithmetic(BinaryOp.ADD, Mode.CHECK, base, code, span));
    }
    return Failures.unless(condition, new Hir.Fail(code, span), span);
  }

  private Hir assertion(Ast.Apply apply) {
    Hir condition = typer.condition(apply.arguments().get(0));
    return Failures.unless(condition, Failure.ASSERTION, apply.span());
  }

  private Hir syscall(Ast.Apply apply) {
    List<Ast> arguments = apply.arguments();
    if (!(arguments.get(0) instanceof Ast.Text name)) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      arguments.get(0).span(),
                      LanguageCode.NOT_CONSTANT,
                      "the name of a syscall is a text")
                  .withHelp("write (syscall \"sol_log_\" address length)"));
      return agreement.broken(apply.span());
    }
    List<Hir> words = new ArrayList<>();
    for (Ast argument : arguments.subList(1, arguments.size())) {
      typer.word(argument).ifPresent(words::add);
    }
    return words.size() == arguments.size() - 1
        ? new Hir.Syscall(name.value(), words, Type.U64, apply.span())
        : agreement.broken(apply.span());
  }

  private Optional<Integer> constant(Ast ast, int most, String what) {
    Optional<Integer> value =
        agreement
            .number(typer.value(ast))
            .flatMap(Literals::constant)
            .filter(n -> n.signum() >= 0 && n.compareTo(BigInteger.valueOf(most)) <= 0)
            .map(BigInteger::intValue);
    if (value.isEmpty()) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      ast.span(),
                      LanguageCode.NOT_CONSTANT,
                      what + " is a constant from 0 to " + most)
                  .withHelp("write a number or the name of a constant"));
    }
    return value;
  }

  private Hir stackBytes(Ast.Apply apply) {
    Optional<Integer> bytes = constant(apply.arguments().get(0), LARGEST_SLOT, "the size");
    return bytes
        .<Hir>map(n -> new Hir.StackBytes(n, 8, Type.U64, apply.span()))
        .orElseGet(() -> agreement.broken(apply.span()));
  }

  private Hir copy(Ast.Apply apply) {
    Optional<Hir> target = typer.word(apply.arguments().get(0));
    Optional<Hir> source = typer.word(apply.arguments().get(1));
    Optional<Integer> bytes = constant(apply.arguments().get(2), LARGEST_COPY, "the length");
    return target.isPresent() && source.isPresent() && bytes.isPresent()
        ? new Hir.Copy(target.get(), source.get(), bytes.get(), apply.span())
        : agreement.broken(apply.span());
  }

  private Hir zero(Ast.Apply apply) {
    Optional<Hir> target = typer.word(apply.arguments().get(0));
    Optional<Integer> bytes = constant(apply.arguments().get(1), LARGEST_COPY, "the length");
    return target.isPresent() && bytes.isPresent()
        ? new Hir.Zero(target.get(), bytes.get(), apply.span())
        : agreement.broken(apply.span());
  }

  private Hir address(Ast.Apply apply) {
    Hir value = agreement.operand(typer.value(apply.arguments().get(0)));
    Type type = Type.resolved(value.type());
    if (type == Basic.STRING) {
      return new Hir.Part(value, 0, Type.U64, apply.span());
    }
    boolean isAddress =
        type == Basic.PUBKEY
            || type instanceof Type.Struct
            || type instanceof Type.Array
            || type instanceof Type.Vec
            || type instanceof Type.Account;
    return isAddress
        ? new Hir.Rename(value, Type.U64, apply.span())
        : wrongType(value, type, "address-of takes a string, a struct, an array or a public key");
  }
}
