package dev.ovsm.ir.opt;

import dev.ovsm.ir.BinaryOp;
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
    if (to == Type.PTR && scope.definition(inst.operand()) instanceof Inst.Binary sum) {
      return address(inst, sum);
    }
    return scope.definition(inst.operand()) instanceof Inst.Convert inner
        ? twice(inst, inner)
        : null;
  }

  /** A sum of an address, as a number, and something else is an address itself. */
  private @Nullable Outcome address(Inst.Convert inst, Inst.Binary sum) {
    boolean isSum = sum.op() == BinaryOp.ADD && sum.mode() != Mode.CHECK;
    return isSum
            && scope.definition(sum.left()) instanceof Inst.Convert base
            && base.operand().type() == Type.PTR
        ? new Outcome.Becomes(
            new Inst.Binary(
                inst.result(), BinaryOp.ADD, Mode.WRAP, base.operand(), sum.right(), inst.span()))
        : null;
  }

  private @Nullable Outcome twice(Inst.Convert inst, Inst.Convert inner) {
    Value origin = inner.operand();
    Type to = inst.result().type();
    // That it fits is known of what was checked, not of its origin; what was cut is cut further.
    boolean keeps = inner.mode() == Mode.EXACT;
    if (keeps && origin.type() == to) {
      return new Outcome.Is(origin);
    }
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
