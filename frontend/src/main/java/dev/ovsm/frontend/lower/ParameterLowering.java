package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Value;
import java.util.List;

/** Gives an entry's parameters their values from the instruction data, after its discriminator. */
final class ParameterLowering {
  private static final int DISCRIMINATOR = 8;
  private final BodyLowering body;

  ParameterLowering(BodyLowering body) {
    this.body = body;
  }

  void bind(EntryInfo entry) {
    List<Local> parameters = entry.function().parameters();
    if (parameters.isEmpty()) {
      return;
    }
    Span span = entry.span();
    Emitter emitter = body.emitter();
    int size = DISCRIMINATOR;
    for (Local parameter : parameters) {
      size += Sizes.of(parameter.type());
    }
    Value area = emitter.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS, span);
    Value data = emitter.load(dev.ovsm.ir.Type.PTR, area, ContextArea.INSTRUCTION_DATA, span);
    Value length = emitter.load(dev.ovsm.ir.Type.U64, area, ContextArea.INSTRUCTION_LENGTH, span);
    Value needed = emitter.constant(dev.ovsm.ir.Type.U64, size, span);
    emitter.require(
        emitter.compare(Comparison.GE, length, needed, span), Failure.BAD_INSTRUCTION_DATA, span);
    int at = DISCRIMINATOR;
    for (Local parameter : parameters) {
      emitter.write(parameter, body.storage().load(parameter.type(), data, at, parameter.span()));
      at += Sizes.of(parameter.type());
    }
  }
}
