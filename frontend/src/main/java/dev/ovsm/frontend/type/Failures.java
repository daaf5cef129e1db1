package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Failure;
import java.math.BigInteger;

/** Typed code that stops the program. */
final class Failures {
  private Failures() {}

  static Hir fail(Failure failure, Span span) {
    Hir code = new Hir.Constant(BigInteger.valueOf(failure.code()), Type.U64, span);
    return new Hir.Fail(code, span);
  }

  /** Stops the program unless {@code condition}, a truth value, holds. */
  static Hir unless(Hir condition, Failure failure, Span span) {
    return unless(condition, fail(failure, span), span);
  }

  static Hir unless(Hir condition, Hir fail, Span span) {
    Hir nothing = new Hir.Nothing(Basic.UNIT, span);
    return new Hir.If(condition, nothing, fail, Basic.UNIT, span);
  }
}
