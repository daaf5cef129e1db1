package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds values against written types that have functions in them: the value keeps its own type,
 * which knows its functions, once each of them takes and gives what is written.
 */
final class Signatures {
  private final Session session;
  private final Context context;
  private final String why;
  private final Span where;

  /**
   * @param why what wants the type, before its name: {@code f of apply is}
   * @param where the place that wants it
   */
  Signatures(Session session, String why, Span where) {
    this.session = session;
    this.context = session.context();
    this.why = why;
    this.where = where;
  }

  /** Whether a type is written of functions, or of what has functions in it. */
  static boolean isWritten(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Option option) {
      return isWritten(option.of());
    } else if (known instanceof Type.Array array) {
      return isWritten(array.of());
    } else if (known instanceof Type.Vec vec) {
      return isWritten(vec.of());
    } else if (known instanceof Type.Fields record) {
      return record.fields().stream().anyMatch(field -> isWritten(field.type()));
    }
    return known instanceof Type.Function;
  }

  /** The value, if it is of the kind that is written. */
  Hir held(Hir value, Type wanted, Agreement agreement) {
    if (value instanceof Hir.Compose record
        && Type.resolved(record.type()) instanceof Type.Fields own
        && Type.resolved(wanted) instanceof Type.Fields fields) {
      return record(record, own, fields, agreement);
    }
    if (value instanceof Hir.VectorOf vector
        && Type.resolved(wanted) instanceof Type.Vec vec
        && Type.resolved(value.type()) instanceof Type.Array own
        && own.length() > 0
        && own.length() <= vec.most()) {
      if (!check(own.of(), vec.of(), value.span())) {
        return agreement.broken(value.span());
      }
      Type.Var element = context.held(vec.of(), where);
      element.bind(own.of(), value.span());
      return new Hir.VectorOf(vector.items(), new Type.Vec(element, vec.most()), value.span());
    }
    return check(value.type(), wanted, value.span()) ? value : agreement.broken(value.span());
  }

  /** A record with each field as it is written, in the order of those. */
  private Hir record(Hir.Compose record, Type.Fields own, Type.Fields wanted, Agreement agreement) {
    Span span = record.span();
    List<Hir> parts = new ArrayList<>();
    List<Type.Field> fields = new ArrayList<>();
    for (Type.Field field : wanted.fields()) {
      int index = own.index(field.name());
      if (index < 0) {
        return lacking(field, span, agreement);
      }
      Hir part =
          agreement.coerce(record.parts().get(index), field.type(), field.name() + " is", span);
      parts.add(part);
      fields.add(new Type.Field(field.name(), part.type()));
    }
    if (own.fields().size() > wanted.fields().size()) {
      mismatch(own, wanted, span);
      return agreement.broken(span);
    }
    return new Hir.Compose(parts, new Type.Fields(fields), span);
  }

  private Hir lacking(Type.Field field, Span span, Agreement agreement) {
    context.report(
        Diagnostic.at(
                span, LanguageCode.WRONG_ARGUMENTS, "the field " + field.name() + " is missing")
            .withHelp("give it: :" + field.name() + " and " + Agreement.article(field.type())));
    return agreement.broken(span);
  }

  /** Whether values of a type are of the kind that is written; reports where they are not. */
  boolean check(Type from, Type wanted, Span at) {
    Type own = Type.resolved(from);
    Type to = Type.resolved(wanted);
    if (own == Basic.BROKEN || own == Basic.NEVER || to == Basic.BROKEN) {
      return true;
    }
    if (to instanceof Type.Function written) {
      Optional<List<Type.Closure>> options =
          own.equals(to) ? Optional.of(List.of()) : new Choices(context).options(own);
      if (options.isEmpty()) {
        mismatch(own, to, at);
        return false;
      }
      return options.get().stream().allMatch(option -> takesAndGives(option, written, at));
    } else if (to instanceof Type.Array array
        && own instanceof Type.Array other
        && array.length() == other.length()) {
      return check(other.of(), array.of(), at);
    } else if (to instanceof Type.Vec vec
        && own instanceof Type.Vec other
        && vec.most() == other.most()) {
      return check(other.of(), vec.of(), at);
    } else if (to instanceof Type.Option option) {
      return check(own instanceof Type.Option other ? other.of() : own, option.of(), at);
    } else if (to instanceof Type.Fields fields
        && own instanceof Type.Fields other
        && names(fields).equals(names(other))) {
      boolean agrees = true;
      for (int i = 0; i < fields.fields().size(); i++) {
        agrees &= check(other.fields().get(i).type(), fields.fields().get(i).type(), at);
      }
      return agrees;
    }
    boolean agrees = Unifier.unify(own, to, at);
    if (!agrees) {
      mismatch(own, to, at);
    }
    return agrees;
  }

  private static List<String> names(Type.Fields record) {
    return record.fields().stream().map(Type.Field::name).toList();
  }

  private boolean takesAndGives(Type.Closure closure, Type.Function written, Span at) {
    Ast.Lambda lambda = closure.lambda();
    List<Type> types = written.parameters();
    boolean takes =
        lambda.parameters().size() == types.size()
            && lambda.parameters().stream()
                .allMatch(parameter -> parameter.kind() == Parameter.Kind.REQUIRED);
    if (!takes) {
      report(
          lambda,
          written,
          at,
          lambda.name() + " takes " + Agreement.arguments(lambda.parameters().size()));
      return false;
    }
    for (int i = 0; i < types.size(); i++) {
      Type own = session.annotation(lambda.parameters().get(i));
      if (own != null && !isWritten(own) && !Unifier.unify(own, types.get(i), at)) {
        report(lambda, written, at, lambda.name() + " takes " + Agreement.article(own));
        return false;
      }
    }
    Optional<Instance> instance = session.instance(lambda, closure.captures(), types, at);
    if (instance.isEmpty()) {
      return false;
    }
    Type result = Type.resolved(instance.get().result());
    Type wanted = Type.resolved(written.result());
    boolean gives =
        wanted == Basic.UNIT
            || (isWritten(wanted)
                ? check(result, wanted, at)
                : result == Basic.NEVER || Unifier.unify(result, wanted, at));
    if (!gives) {
      report(lambda, written, at, lambda.name() + " gives " + Agreement.article(result));
    }
    return gives;
  }

  private void report(Ast.Lambda lambda, Type.Function written, Span at, String message) {
    Diagnostic report =
        Diagnostic.at(
                at,
                LanguageCode.TYPE_MISMATCH,
                message + ", and " + Agreement.article(written) + " is needed")
            .withHelp("give a function that takes and gives what is written");
    context.report(
        wanted(
            lambda.span().equals(at)
                ? report
                : report.withLabel(lambda.span(), lambda.name() + " is defined here"),
            written));
  }

  private void mismatch(Type own, Type wanted, Span at) {
    context.report(
        wanted(
            Diagnostic.at(
                    at,
                    LanguageCode.TYPE_MISMATCH,
                    Agreement.subject(own) + " and " + Agreement.article(wanted) + " is needed")
                .withHelp("give " + Agreement.article(wanted)),
            wanted));
  }

  private Diagnostic wanted(Diagnostic report, Type type) {
    boolean isElsewhere = where.isReal() && !where.equals(report.primary());
    return isElsewhere ? report.withLabel(where, why + " " + type.word()) : report;
  }

  /** A call of a parameter of which no more is known than what is written. */
  Hir called(Type.Function written, Ast.Apply apply, FunctionTyper typer) {
    List<Ast> arguments = apply.arguments();
    if (arguments.size() != written.parameters().size()) {
      context.report(
          Diagnostic.at(
                  apply.span(),
                  LanguageCode.WRONG_ARGUMENTS,
                  "this is "
                      + Agreement.article(written)
                      + ", and this gives it "
                      + Agreement.arguments(arguments.size()))
              .withHelp("give it " + Agreement.arguments(written.parameters().size())));
      return typer.agreement().broken(apply.span());
    }
    List<Hir> body = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Type type = written.parameters().get(i);
      Hir value = typer.value(arguments.get(i));
      Hir fitting =
          typer.agreement().coerce(value, type, "the function takes", apply.function().span());
      body.add(new Hir.Discard(fitting, fitting.span()));
    }
    body.add(new Hir.Zeros(written.result(), apply.span()));
    return new Hir.Sequence(body, apply.span());
  }
}
