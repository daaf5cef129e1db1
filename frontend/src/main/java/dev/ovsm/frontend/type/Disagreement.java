package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;

/** What is said where types do not agree: both, where each comes from, and the way out. */
final class Disagreement {
  private Disagreement() {}

  /**
   * A value that has another type than is wanted of it.
   *
   * @param why what wants the type, before its name
   * @param where the place that wants it
   */
  static Diagnostic mismatch(Hir value, Type to, String why, Span where) {
    Type from = Type.resolved(value.type());
    if (Agreement.isFunction(from) && Agreement.isFunction(to)) {
      return Choices.differ(value.span(), where, value.span());
    }
    Diagnostic report =
        Diagnostic.at(
            value.span(),
            LanguageCode.TYPE_MISMATCH,
            Agreement.subject(from) + " and " + Agreement.article(to) + " is needed");
    report = origin(report, value, from);
    if (where.isReal() && !where.equals(value.span())) {
      report = report.withLabel(where, why + " " + to.word());
    }
    return help(report, value, from, to);
  }

  /**
   * Two values of different types where one is needed.
   *
   * @param what they are, of several
   */
  static Diagnostic between(Hir left, Hir right, Span span, String what) {
    Type a = Type.resolved(left.type());
    Type b = Type.resolved(right.type());
    if (Agreement.isFunction(a) && Agreement.isFunction(b)) {
      return Choices.differ(span, left.span(), right.span());
    }
    Diagnostic report =
        Diagnostic.at(
                span,
                LanguageCode.TYPE_MISMATCH,
                what + " are " + Agreement.article(a) + " and " + Agreement.article(b))
            .withLabel(left.span(), a.word())
            .withLabel(right.span(), b.word());
    report = origin(origin(report, left, a), right, b);
    boolean widensLeft =
        a instanceof Type.Int narrow && b instanceof Type.Int wide && narrow.bits() < wide.bits();
    return widensLeft ? help(report, left, a, b) : help(report, right, b, a);
  }

  /** Adds where the type of a variable comes from. */
  static Diagnostic origin(Diagnostic report, Hir value, Type type) {
    if (value instanceof Hir.Read read && read.local().span().isReal() && type != Basic.UNIT) {
      Local local = read.local();
      return report.withLabel(local.span(), local.name() + " is " + type.word());
    }
    return report;
  }

  private static Diagnostic help(Diagnostic report, Hir value, Type from, Type to) {
    Span span = value.span();
    if (from instanceof Type.Int narrow && to instanceof Type.Int wide && span.isReal()) {
      String converted = "(" + to.word() + " " + span.text() + ")";
      boolean always = Literals.contains(wide, narrow);
      return report
          .withHelp(
              always
                  ? "convert it to the wider type"
                  : "convert it: fails at run time where the value does not fit; wrapping-"
                      + to.word()
                      + " keeps the low bits")
          .withFix(new Fix("convert to " + to.word(), span, converted));
    }
    if (from == Basic.UNIT) {
      return report.withHelp("this form gives no value; let the body end with the value");
    }
    boolean isBytes = from instanceof Type.Array array && Type.resolved(array.of()).equals(Type.U8);
    if (to == Basic.STRING && isBytes && span.isReal()) {
      String memory = span.text();
      return report.withHelp(
          "write (string-at (address-of " + memory + ") (length " + memory + ")): its own memory");
    }
    return report.withHelp("give a value of type " + to.word());
  }
}
