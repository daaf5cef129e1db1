package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.TailArguments;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Types {@code (sol-tail-call array INDEX)}: the callee's parameters are stored where it finds
 * them, each with the value of the binding of its name, or a single one with the value of the form
 * before.
 */
final class TailCalls {
  private final Session session;
  private final FunctionTyper typer;

  TailCalls(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  Hir call(Ast.Apply apply) {
    Span span = apply.span();
    List<Ast> arguments = apply.arguments();
    Hir array =
        arguments.isEmpty() ? typer.agreement().broken(span) : typer.value(arguments.get(0));
    boolean isArray =
        Type.resolved(array.type()) instanceof Type.Named named
            && named.definition().kind() == Definition.Kind.PROGRAM_ARRAY;
    if (arguments.size() != 2
        || !isArray
        || !(Type.resolved(array.type()) instanceof Type.Named name)) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      span,
                      LanguageCode.WRONG_ARGUMENTS,
                      "sol-tail-call takes a program array and an index")
                  .withHelp(
                      "write (define-program-array chain) and (sol-tail-call chain NEXT-PROGRAM)"));
      return typer.agreement().broken(span);
    }
    Optional<Hir> index = typer.word(arguments.get(1));
    if (index.isEmpty()) {
      return typer.agreement().broken(span);
    }
    List<String> callees =
        session.context().program().arrays().getOrDefault(name.definition(), List.of()).stream()
            .map(Definition::name)
            .toList();
    List<Hir> body = new ArrayList<>();
    Optional<BigInteger> known = Literals.constant(index.get());
    List<String> targets = callees;
    if (known.isPresent()
        && known.get().signum() >= 0
        && known.get().compareTo(BigInteger.valueOf(callees.size())) < 0) {
      targets = List.of(callees.get(known.get().intValue()));
      pass(targets.get(0), body, span);
    }
    targets.forEach(target -> session.entries().chain(target));
    int id = Murmur.hash(name.definition().name().getBytes(StandardCharsets.UTF_8));
    body.add(new Hir.TailCall(id, targets, index.get(), span));
    return new Hir.Sequence(body, span);
  }

  private void pass(String callee, List<Hir> body, Span span) {
    List<Local> parameters = session.entries().chain(callee).orElse(List.of());
    Hir context = new Hir.Context(span);
    Hir one = new Hir.Constant(BigInteger.ONE, Type.U64, span);
    body.add(new Hir.Store(context, TailArguments.FLAG, one, span));
    int offset = TailArguments.START;
    List<Local> missing = new ArrayList<>();
    for (Local parameter : parameters) {
      Hir value = argument(parameter, parameters.size() == 1, missing, span);
      body.add(new Hir.Store(context, offset, value, span));
      // The type may still be open; every word of a number that is has at most 16 bytes.
      offset += TailArguments.room(parameter.type());
    }
    if (!missing.isEmpty()) {
      warnOfZeros(callee, missing, span);
    }
    if (offset > TailArguments.END) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      span,
                      LanguageCode.TOO_LARGE,
                      "the parameters of " + callee + " have more bytes than a tail call passes")
                  .withHelp(
                      "keep them below " + (TailArguments.END - TailArguments.START) + " bytes"));
    }
  }

  private Hir argument(Local parameter, boolean single, List<Local> missing, Span span) {
    Local visible = typer.visible().get(parameter.name());
    Optional<Hir> value =
        visible == null ? Optional.empty() : Optional.of(new Hir.Read(visible, span));
    if (value.isEmpty() && single) {
      value = typer.previous();
    }
    if (value.isPresent()) {
      return typer
          .agreement()
          .coerce(value.get(), parameter.type(), parameter.name() + " is", parameter.span());
    }
    missing.add(parameter);
    Type type = Type.resolved(parameter.type());
    if (type instanceof Type.Int || type instanceof Type.Var || type == Basic.BOOL) {
      return new Hir.Constant(BigInteger.ZERO, type, span);
    }
    return new Hir.Zeros(type, span);
  }

  private void warnOfZeros(String callee, List<Local> missing, Span span) {
    boolean isOne = missing.size() == 1;
    String names = missing.stream().map(Local::name).collect(Collectors.joining(" and "));
    String definitions =
        missing.stream()
            .map(parameter -> "(define " + parameter.name() + " …)")
            .collect(Collectors.joining(" "));
    Diagnostic report =
        Diagnostic.at(
                span,
                LanguageCode.PROBABLE_MISTAKE,
                "nothing here is the "
                    + (isOne ? "parameter " : "parameters ")
                    + names
                    + " of "
                    + callee
                    + (isOne ? ", so it is zero" : ", so they are zero"))
            .withHelp("bind " + (isOne ? "it" : "them") + " before the call: " + definitions);
    for (Local parameter : missing) {
      report = report.withLabel(parameter.span(), "the parameter");
    }
    typer.context().report(report);
  }
}
