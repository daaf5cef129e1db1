package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Types calls of intrinsics: each parameter's kind says what the argument is and how it travels.
 */
final class Syscalls {
  private static final BigInteger SUSPICIOUS_SLOTS = BigInteger.valueOf(1_000_000);
  private static final BigInteger SLOT = BigInteger.valueOf(400_000_000);

  private static final String BUDGET = "compute-budget";
  private static final long USUAL_BUDGET = 100_000;
  private static final int PACKED = 24;
  private static final int LONGEST_NAME = 64;

  private final Session session;
  private final FunctionTyper typer;
  private final Agreement agreement;
  private final List<Hir> before = new ArrayList<>();
  private final List<Hir> words = new ArrayList<>();
  private boolean isBroken;
  private @Nullable String callee;

  Syscalls(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.agreement = typer.agreement();
  }

  Hir call(Definition definition, Ast.Apply apply) {
    Program.Syscall syscall = typer.context().program().syscalls().get(definition);
    if (syscall == null) {
      return agreement.broken(apply.span());
    }
    if (RegistrationOptions.areFor(syscall)) {
      RegistrationOptions options = new RegistrationOptions(typer, apply);
      return options.set(call(syscall, options.call()));
    }
    return call(syscall, apply);
  }

  private Hir call(Program.Syscall syscall, Ast.Apply apply) {
    if (isProgramStart(syscall, apply)) {
      return schedule(apply);
    }
    Optional<Map<String, Ast>> arguments =
        new SyscallArguments(typer.context(), syscall).match(apply);
    if (arguments.isEmpty()) {
      return agreement.broken(apply.span());
    }
    Map<String, Ast> given = arguments.get();
    for (Program.SyscallParameter parameter : syscall.parameters()) {
      @Nullable Ast argument = given.get(parameter.name());
      Ast passed = argument != null ? argument : parameter.fallback();
      if (argument == null && parameter.name().equals(BUDGET) && parameter.kind().equals("u64")) {
        words.add(budget(Literals.budget(parameter.fallback()), apply.span()));
      } else if (passed != null) {
        pass(parameter.kind(), passed, given);
      }
    }
    if (isBroken) {
      return agreement.broken(apply.span());
    }
    if (syscall.symbol().equals("sol_iter_num_new")) {
      typer.rounds().iterates(words.get(1), words.get(2));
    }
    before.add(new Hir.Syscall(syscall.symbol(), words, result(syscall.result()), apply.span()));
    return before.size() == 1 ? before.get(0) : new Hir.Sequence(before, apply.span());
  }

  /** {@code (sol-wq-start PROGRAM)} starts a program as a work queue would: behind this one. */
  private static boolean isProgramStart(Program.Syscall syscall, Ast.Apply apply) {
    return syscall.symbol().equals("sol_wq_start")
        && !apply.arguments().isEmpty()
        && apply.arguments().get(0) instanceof Ast.Global global
        && global.definition().kind() == Definition.Kind.PROGRAM;
  }

  /** Work that no map holds is scheduled for the next slot. */
  private Hir schedule(Ast.Apply apply) {
    Span span = apply.span();
    Program.Library library = typer.context().program().library();
    Ast now = new Ast.Apply(new Ast.Global(library.function("get-slot"), span), List.of(), span);
    Ast one = new Ast.Whole(BigInteger.ONE, null, span);
    Ast next = new Ast.Apply(new Ast.Primitive(Operator.ADD, "+", span), List.of(now, one), span);
    Ast intrinsic = new Ast.Global(library.function("sol-schedule-execution"), span);
    List<Ast> arguments =
        List.of(
            new Ast.Key("target-slot", span),
            next,
            new Ast.Key("callback", span),
            apply.arguments().get(0));
    return typer.value(new Ast.Apply(intrinsic, arguments, span));
  }

  private static Type result(String kind) {
    return switch (kind) {
      case "code" -> Basic.CODE;
      case "id" -> Basic.ID;
      case "nothing" -> Basic.UNIT;
      default -> Type.U64;
    };
  }

  private void pass(String kind, Ast argument, Map<String, Ast> all) {
    switch (kind) {
      case "slots" -> slots(argument);
      case "handle" -> handle(argument);
      case "map" -> map(argument);
      case "ring" -> {
        if (argument instanceof Ast.Global global
            && global.definition().kind() == Definition.Kind.MAP) {
          map(argument);
        } else {
          typer.word(argument).ifPresentOrElse(words::add, this::broken);
        }
      }
      case "callback" -> callback(argument, Given.NOTHING, all);
      case "watcher" -> callback(argument, Given.CHANGE, all);
      case "own" -> pair(own(argument, Given.NOTHING, all));
      case "own-watcher" -> pair(own(argument, Given.CHANGE, all));
      case "packed-watcher" -> packed(argument, all);
      case "packed" -> {}
      case "pubkey" ->
          word(
              new MapRules(session, typer)
                  .address(argument)
                  .orElseGet(() -> value(argument, Basic.PUBKEY)));
      case "text" -> name(argument);
      case "data" -> pair(new Payloads(session, typer).bytes(argument, Optional.empty()));
      case "event" ->
          pair(new Payloads(session, typer).bytes(argument, eventName(all.get("event-id"))));
      case "array" -> array(argument);
      case "record" -> pair(new Payloads(session, typer).ringRecord(argument));
      case "criteria" -> word(new Watches(typer).criteria(argument));
      default -> typer.word(argument).ifPresentOrElse(words::add, this::broken);
    }
  }

  private void callback(Ast argument, Given given, Map<String, Ast> all) {
    pair(made(argument, given, all));
  }

  private Hir made(Ast argument, Given given, Map<String, Ast> all) {
    long budget = Literals.budget(all.get(BUDGET));
    Hir made = session.entries().callback(typer, argument, given, budget);
    callee = made instanceof Hir.Callback callback ? callback.entry() : null;
    return made;
  }

  /** What a registration that says nothing of its budget asks for. */
  private Hir budget(long usual, Span span) {
    return callee == null
        ? new Hir.Constant(BigInteger.valueOf(usual), Type.U64, span)
        : new Hir.Budget(callee, usual, span);
  }

  /** The data of a call of the program itself, whose other parts the runtime knows. */
  private Hir own(Ast argument, Given given, Map<String, Ast> all) {
    Hir made = made(argument, given, all);
    return made instanceof Hir.Callback callback ? callback.data() : made;
  }

  /** One word: where data, its length and the budget lie, since registers do not suffice. */
  private void packed(Ast argument, Map<String, Ast> all) {
    Span span = argument.span();
    Hir data = own(argument, Given.CHANGE, all);
    @Nullable Ast given = all.get(BUDGET);
    Hir usual = budget(USUAL_BUDGET, span);
    Hir budget = given == null ? usual : typer.word(given).orElse(usual);
    int first = words.size();
    pair(data);
    if (isBroken) {
      return;
    }
    Local holder = typer.context().local("callback", Type.U64, span);
    Hir address = new Hir.Read(holder, span);
    before.add(new Hir.Write(holder, new Hir.StackBytes(PACKED, 8, Type.U64, span), span));
    before.add(new Hir.Store(address, 0, words.get(first), span));
    before.add(new Hir.Store(address, 8, words.get(first + 1), span));
    before.add(new Hir.Store(address, 16, budget, span));
    words.subList(first, words.size()).clear();
    words.add(address);
  }

  private void map(Ast argument) {
    new MapRules(session, typer)
        .map(argument)
        .ifPresentOrElse(map -> number(map.id() & 0xffff_ffffL, argument.span()), this::broken);
  }

  private void broken() {
    isBroken = true;
  }

  private Hir value(Ast argument, Type wanted) {
    return agreement.coerce(typer.value(argument), wanted, "the parameter is", argument.span());
  }

  private static Optional<String> eventName(@Nullable Ast name) {
    return name instanceof Ast.Text text ? Optional.of(text.value()) : Optional.empty();
  }

  private void word(Hir value) {
    isBroken |= Type.resolved(value.type()) == Basic.BROKEN;
    words.add(value);
  }

  private void number(long value, Span span) {
    words.add(new Hir.Constant(BigInteger.valueOf(value), Type.U64, span));
  }

  /** Two words: an address and a length. */
  private void pair(Hir value) {
    Span span = value.span();
    if (Type.resolved(value.type()) == Basic.BROKEN) {
      isBroken = true;
      return;
    }
    Local local = typer.context().local("bytes", Basic.STRING, span);
    before.add(new Hir.Write(local, value, span));
    words.add(new Hir.Part(new Hir.Read(local, span), 0, Type.U64, span));
    words.add(new Hir.Part(new Hir.Read(local, span), 1, Type.U64, span));
  }

  /** The name of an event, which the runtime keeps. */
  private void name(Ast argument) {
    if (argument instanceof Ast.Text text
        && text.value().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      isBroken = true;
      typer
          .context()
          .report(
              Diagnostic.at(
                      argument.span(),
                      LanguageCode.TOO_LARGE,
                      "the name of an event has at most " + LONGEST_NAME + " bytes")
                  .withHelp("give it a shorter name"));
      return;
    }
    pair(value(argument, Basic.STRING));
  }

  /** Two words: where the elements of an array are, and how many. */
  private void array(Ast argument) {
    Span span = argument.span();
    Hir value = agreement.operand(typer.value(argument));
    Type type = Type.resolved(value.type());
    if (type == Basic.STRING || type == Basic.BROKEN) {
      pair(value);
    } else if (type instanceof Type.Array array) {
      words.add(new Hir.Rename(value, Type.U64, span));
      number(array.length(), span);
    } else if (type instanceof Type.Vec) {
      Local local = typer.context().local("elements", type, span);
      before.add(new Hir.Write(local, value, span));
      Hir vec = new Hir.Read(local, span);
      Hir header = new Hir.Constant(BigInteger.valueOf(Type.Vec.HEADER), Type.U64, span);
      words.add(new Hir.Shift(vec, header, Type.U64, span));
      words.add(new Hir.Convert(Mode.WRAP, new Hir.Load(vec, 0, Type.U32, span), Type.U64, span));
    } else {
      isBroken = true;
      typer
          .context()
          .report(
              Diagnostic.at(
                      span,
                      LanguageCode.TYPE_MISMATCH,
                      "this is " + Agreement.article(type) + " and an array is needed")
                  .withHelp("give an array or a vector"));
    }
  }

  /** A timer or work queue: a field of a map value, passed by its address. */
  private void handle(Ast argument) {
    Hir value = agreement.operand(typer.value(argument));
    Type type = Type.resolved(value.type());
    if (type instanceof Type.Struct || type.equals(Type.U64)) {
      words.add(value);
      return;
    }
    isBroken = true;
    if (type == Basic.BROKEN) {
      return;
    }
    typer
        .context()
        .report(
            Diagnostic.at(
                    argument.span(),
                    LanguageCode.TYPE_MISMATCH,
                    "this is " + Agreement.article(type) + " and a timer or work queue is needed")
                .withHelp(
                    "give a field of a map value whose type is (struct SolTimer) or"
                        + " (struct SolWorkQueue)"));
  }

  /** A number of slots; a literal that can only be nanoseconds is converted, with a warning. */
  private void slots(Ast argument) {
    if (argument instanceof Ast.Whole whole && whole.value().compareTo(SUSPICIOUS_SLOTS) >= 0) {
      BigInteger slots = whole.value().subtract(BigInteger.ONE).divide(SLOT).add(BigInteger.ONE);
      Span span = argument.span();
      typer
          .context()
          .report(
              Diagnostic.at(
                      span,
                      LanguageCode.PROBABLE_MISTAKE,
                      "timers count slots, and this looks like nanoseconds: compiled as "
                          + slots
                          + (slots.equals(BigInteger.ONE) ? " slot" : " slots"))
                  .withNote("a slot lasts 400,000,000 ns")
                  .withHelp("write the number of slots")
                  .withFix(new Fix("count slots", span, slots.toString())));
      words.add(new Hir.Constant(slots, Type.U64, span));
      return;
    }
    agreement
        .number(typer.value(argument))
        .map(n -> Agreement.convert(n, Type.U64, Mode.CHECK, argument.span()))
        .ifPresentOrElse(words::add, this::broken);
  }
}
