package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Comparison;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Options of a registration that are given where it is made; each is set by a call of its own
 * behind the one that makes it, unless that fails.
 */
final class RegistrationOptions {
  private static final List<String> POLICIES = List.of(":coalesce", ":catch-up", ":skip");

  private final FunctionTyper typer;
  private final Ast.Apply call;
  private final Map<Option, Ast> given = new LinkedHashMap<>();

  /** The options, with their numbers for the runtime. */
  private enum Option {
    OVERDUE(1),
    PRIORITY(2),
    MIN_INTERVAL(3),
    RETRIES(6);

    private final int key;

    Option(int key) {
      this.key = key;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Option> of(Ast ast) {
      return ast instanceof Ast.Key key
          ? Arrays.stream(values()).filter(one -> one.word().equals(key.name())).findFirst()
          : Optional.empty();
    }
  }

  /** Takes the options out of a call. */
  RegistrationOptions(FunctionTyper typer, Ast.Apply apply) {
    this.typer = typer;
    List<Ast> others = new ArrayList<>();
    List<Ast> arguments = apply.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      Optional<Option> option = Option.of(arguments.get(i));
      if (option.isPresent() && i + 1 < arguments.size()) {
        given.put(option.get(), arguments.get(++i));
      } else {
        others.add(arguments.get(i));
        if (arguments.get(i) instanceof Ast.Key && i + 1 < arguments.size()) {
          others.add(arguments.get(++i));
        }
      }
    }
    this.call = given.isEmpty() ? apply : new Ast.Apply(apply.function(), others, apply.span());
  }

  /** Whether an intrinsic makes what has options: it takes a callback and its result is an id. */
  static boolean areFor(Program.Syscall syscall) {
    return syscall.result().equals("id")
        && syscall.parameters().stream().anyMatch(one -> one.names().contains("callback"));
  }

  /** The names of all options. */
  static List<String> words() {
    return Arrays.stream(Option.values()).map(Option::word).toList();
  }

  /** The call without them. */
  Ast.Apply call() {
    return call;
  }

  /** Sets them for what the call made; its value stays the id. */
  Hir set(Hir made) {
    if (given.isEmpty() || Type.resolved(made.type()) == Basic.BROKEN) {
      return made;
    }
    Local id = typer.context().local("registration", Basic.ID, call.span());
    List<Hir> settings = new ArrayList<>();
    given.forEach(
        (option, ast) ->
            value(option, ast).ifPresent(value -> settings.add(set(id, option, value))));
    if (settings.size() < given.size()) {
      return typer.agreement().broken(call.span());
    }
    Hir none = new Hir.Constant(BigInteger.ZERO, Type.U64, call.span());
    Hir.If all =
        new Hir.If(
            new Hir.Compare(Comparison.NE, word(id), none, call.span()),
            new Hir.Sequence(settings, call.span()),
            new Hir.Nothing(Basic.UNIT, call.span()),
            Basic.UNIT,
            call.span());
    return new Hir.Sequence(
        List.of(new Hir.Write(id, made, call.span()), all, new Hir.Read(id, call.span())),
        call.span());
  }

  private Hir word(Local id) {
    return new Hir.Rename(new Hir.Read(id, call.span()), Type.U64, call.span());
  }

  private Hir set(Local id, Option option, Hir value) {
    Hir key = new Hir.Constant(BigInteger.valueOf(option.key), Type.U64, value.span());
    return new Hir.Discard(
        new Hir.Syscall(
            "sol_registration_set", List.of(word(id), key, value), Basic.CODE, value.span()),
        value.span());
  }

  private Optional<Hir> value(Option option, Ast ast) {
    Optional<String> word = option == Option.OVERDUE ? Places.name(ast) : Optional.empty();
    if (word.isEmpty()) {
      return typer.word(ast);
    }
    String policy = ":" + word.get();
    int number = POLICIES.indexOf(policy);
    if (number >= 0) {
      return Optional.of(new Hir.Constant(BigInteger.valueOf(number), Type.U64, ast.span()));
    }
    Diagnostic report =
        Diagnostic.at(ast.span(), LanguageCode.UNKNOWN_KEYWORD, "there is no policy " + policy)
            .withHelp("write " + String.join(" or ", POLICIES));
    typer.context().reportUnknown(report, ast.span(), policy, POLICIES);
    return Optional.empty();
  }
}
