package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Freedom;
import java.util.ArrayList;
import java.util.List;

/** The parameters of entries: what instruction data holds, of types that may be known last. */
final class EntryParameters {
  /** What a program can pass to another; a transaction holds even less. */
  private static final int MOST_DATA = 10_240;

  private final Session session;
  private final List<Type> open = new ArrayList<>();

  EntryParameters(Session session) {
    this.session = session;
  }

  /**
   * A parameter of the type that is written beside it, else of the one given, else of an open one.
   */
  Local local(Parameter parameter, List<Type> given, int index) {
    Variable variable = parameter.variable();
    Type type = session.annotation(parameter);
    if (type == null && index < given.size()) {
      type = given.get(index);
    }
    if (type == null) {
      type = session.context().var(Freedom.ANY, variable.span());
      open.add(type);
    }
    return session.context().local(variable.name(), type, variable.span());
  }

  /** Makes what nothing decided {@code u64}. */
  void close() {
    for (Type type : open) {
      if (Type.resolved(type) instanceof Type.Var) {
        Unifier.unify(type, Type.U64, Span.none());
      }
    }
  }

  /** Reports the first parameter that an instruction's data has no room for, and functions. */
  void limit(Instance function) {
    long bytes = Discriminators.BYTES;
    for (Local parameter : function.parameters()) {
      Type type = Type.resolved(parameter.type());
      if (type instanceof Type.Function) {
        refuseFunction(parameter);
        continue;
      }
      bytes += type instanceof Type.Vec ? Type.Vec.HEADER : Sizes.of(type);
      if (bytes > MOST_DATA) {
        refuseExcess(parameter, bytes);
        return;
      }
    }
  }

  /** Reports the first parameter of a callback that nothing is given for when it is called back. */
  void refuseMore(String name, List<Local> parameters, Given given, Span span) {
    int most = given.event() == null ? given.types().size() : 1;
    if (parameters.size() <= most) {
      return;
    }
    Local more = parameters.get(most);
    String counted = most == 0 ? "nothing" : most == 1 ? "one value" : most + " values";
    session
        .context()
        .report(
            Diagnostic.at(
                    span,
                    LanguageCode.WRONG_ARGUMENTS,
                    name + " is given " + counted + " when it is called back here")
                .withLabel(more.span(), "nothing is given for " + more.name())
                .withHelp("a lambda takes values from around it along: (lambda () … x …)"));
  }

  private void refuseFunction(Local parameter) {
    session
        .context()
        .report(
            Diagnostic.at(
                    parameter.span(), LanguageCode.NOT_HERE, "instruction data holds no functions")
                .withHelp("pass a number that says which function is meant"));
  }

  private void refuseExcess(Local parameter, long bytes) {
    String message =
        "up to "
            + parameter.name()
            + " the parameters take "
            + bytes
            + " bytes, and instruction data has at most "
            + MOST_DATA;
    session
        .context()
        .report(
            Diagnostic.at(parameter.span(), LanguageCode.TOO_LARGE, message)
                .withHelp("pass less, or put it into an account"));
  }
}
