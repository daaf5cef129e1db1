package dev.ovsm.ir.opt;

import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import org.jspecify.annotations.Nullable;

/** Conversions of constants, that lose nothing, and of conversions. */
final class ConversionRules {
  private final Scope scope;

  ConversionRules(Scope scope) {
    this.scope = scope;
  }

  @Nullable Outcome simplify(Inst.Convert inst) {
    Type from = inst.operand().type();
    Type to = inst.result().type();
    Long constant = scope.constant(inst.operand());
    if (constant != null && (inst.mode() == Mode.WRAP || to.admits(constant, from))) {
      return Outcome.constant(inst, to.canonical(constant));
    }
    if (inst.mode() != Mode.EXACT && from.fitsIn(to)) {
      return new Outcome.Becomes(
          new Inst.Convert(inst.result(), Mode.EXACT, inst.operand(), inst.span()));
    }
    return scope.definition(inst.operand()) instanceof Inst.Convert inner
        ? twice(inst, inner)
        : null;
  }

  private @Nullable Outcome twice(Inst.Convert inst, Inst.Convert inner) {
    Value origin = inner.operand();
    Type to = inst.result().type();
    boolean exact = inner.mode() != Mode.WRAP;
    if (exact && origin.type() == to) {
      return new Outcome.Is(origin);
    }
    // What was checked before keeps its number; what was cut before is cut further.
    boolean keeps = exact && inner.mode() == Mode.EXACT;
    boolean cuts =
        inst.mode() == Mode.WRAP
            && inner.mode() == Mode.WRAP
            && to.bits() <= inner.result().type().bits();
    boolean allowed =
        (origin.type() != Type.PTR || to == Type.U64)
            && (to != Type.PTR || origin.type() == Type.U64);
    if (allowed && keeps) {
      return new Outcome.Becomes(new Inst.Convert(inst.result(), inst.mode(), origin, inst.span()));
    }
    if (allowed && cuts) {
      return origin.type() == to
          ? new Outcome.Is(origin)
          : new Outcome.Becomes(new Inst.Convert(inst.result(), Mode.WRAP, origin, inst.span()));
    }
    return null;
  }
}
