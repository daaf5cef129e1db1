package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Types calls of intrinsics: each parameter's kind says what the argument is and how it travels.
 */
final class Syscalls {
  private static final long SUSPICIOUS_SLOTS = 1_000_000;
  private static final long NANOSECONDS = 400_000_000;

  private final Session session;
  private final FunctionTyper typer;
  private final Agreement agreement;
  private final List<Hir> before = new ArrayList<>();
  private final List<Hir> words = new ArrayList<>();

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
    Optional<Map<String, Ast>> arguments = match(syscall, apply);
    if (arguments.isEmpty()) {
      return agreement.broken(apply.span());
    }
    for (Program.SyscallParameter parameter : syscall.parameters()) {
      @Nullable Ast argument = arguments.get().get(parameter.name());
      Ast given = argument != null ? argument : parameter.fallback();
      if (given != null) {
        pass(parameter.kind(), given);
      }
    }
    before.add(new Hir.Syscall(syscall.symbol(), words, result(syscall.result()), apply.span()));
    return before.size() == 1 ? before.get(0) : new Hir.Sequence(before, apply.span());
  }

  private static Type result(String kind) {
    return switch (kind) {
      case "code" -> Basic.CODE;
      case "id" -> Basic.ID;
      case "nothing" -> Basic.UNIT;
      default -> Type.U64;
    };
  }

  /** The arguments by parameter name. */
  private Optional<Map<String, Ast>> match(Program.Syscall syscall, Ast.Apply apply) {
    Map<String, Ast> found = new LinkedHashMap<>();
    List<Ast> given = apply.arguments();
    int at = 0;
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) instanceof Ast.Key key && i + 1 < given.size()) {
        if (syscall.parameters().stream().noneMatch(p -> p.name().equals(key.name()))) {
          return wrong(syscall, key.span(), syscall.name() + " has no parameter :" + key.name());
        }
        found.put(key.name(), given.get(++i));
      } else if (at < syscall.parameters().size()) {
        found.put(syscall.parameters().get(at++).name(), given.get(i));
      } else {
        return wrong(syscall, given.get(i).span(), syscall.name() + " takes fewer arguments");
      }
    }
    for (Program.SyscallParameter parameter : syscall.parameters()) {
      if (parameter.fallback() == null && !found.containsKey(parameter.name())) {
        return wrong(
            syscall, apply.span(), syscall.name() + " lacks its argument " + parameter.name());
      }
    }
    return Optional.of(found);
  }

  private Optional<Map<String, Ast>> wrong(Program.Syscall syscall, Span span, String message) {
    String parameters =
        syscall.parameters().stream()
            .map(p -> p.fallback() == null ? p.name() : "[" + p.name() + "]")
            .collect(Collectors.joining(" ", "(" + syscall.name() + " ", ")"));
    typer
        .context()
        .report(
            Diagnostic.at(span, LanguageCode.WRONG_ARGUMENTS, message)
                .withHelp("call it as " + parameters + ", in order or each after its :name"));
    return Optional.empty();
  }

  private void pass(String kind, Ast argument) {
    switch (kind) {
      case "slots" -> slots(argument);
      case "handle" -> handle(argument);
      case "map" ->
          new MapRules(session, typer)
              .map(argument)
              .ifPresent(map -> number(map.id() & 0xffff_ffffL, argument.span()));
      case "callback" -> pair(session.entries().callback(typer, argument, List.of()));
      case "pubkey" ->
          words.add(
              agreement.coerce(
                  typer.value(argument), Basic.PUBKEY, "the parameter is", argument.span()));
      case "text" ->
          pair(
              agreement.coerce(
                  typer.value(argument), Basic.STRING, "the parameter is", argument.span()));
      default -> typer.word(argument).ifPresent(words::add);
    }
  }

  private void number(long value, Span span) {
    words.add(new Hir.Constant(BigInteger.valueOf(value), Type.U64, span));
  }

  /** Two words: an address and a length. */
  private void pair(Hir value) {
    Span span = value.span();
    if (Type.resolved(value.type()) == Basic.BROKEN) {
      return;
    }
    Local local = typer.context().local("bytes", Basic.STRING, span);
    before.add(new Hir.Write(local, value, span));
    words.add(new Hir.Part(new Hir.Read(local, span), 0, Type.U64, span));
    words.add(new Hir.Part(new Hir.Read(local, span), 1, Type.U64, span));
  }

  /** A timer or work queue: a field of a map value, passed by its address. */
  private void handle(Ast argument) {
    Hir value = agreement.operand(typer.value(argument));
    Type type = Type.resolved(value.type());
    if (type instanceof Type.Struct || type.equals(Type.U64) || type == Basic.BROKEN) {
      words.add(value);
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
    Optional<Hir> number = typer.word(argument);
    if (number.isEmpty()) {
      return;
    }
    Optional<BigInteger> known = Literals.constant(number.get());
    if (argument instanceof Ast.Whole
        && known.isPresent()
        && known.get().compareTo(BigInteger.valueOf(SUSPICIOUS_SLOTS)) >= 0
        && known.get().bitLength() < Long.SIZE) {
      long slots = (known.get().longValue() - 1) / NANOSECONDS + 1;
      typer
          .context()
          .report(
              Diagnostic.at(
                      argument.span(),
                      LanguageCode.PROBABLE_MISTAKE,
                      "timers count slots, and this looks like nanoseconds: compiled as "
                          + slots
                          + (slots == 1 ? " slot" : " slots"))
                  .withNote("a slot lasts 400,000,000 ns")
                  .withHelp("write the number of slots")
                  .withFix(
                      new dev.ovsm.diag.Fix(
                          "count slots", argument.span(), String.valueOf(slots))));
      number(slots, argument.span());
      return;
    }
    words.add(number.get());
  }
}
