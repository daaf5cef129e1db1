package dev.ovsm.ir.build;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** A block under construction: instructions mixed with uses of variables. */
final class Draft {
  final List<Value> parameters = new ArrayList<>();
  final List<Step> steps = new ArrayList<>();
  Terminator terminator = new Terminator.Unreachable(Span.none());
  boolean ended;

  /** One step of a block. */
  sealed interface Step {}

  record Emit(Inst inst) implements Step {}

  /** {@code result} stands for what the variable holds here. */
  record Read(Value result, Variable variable) implements Step {}

  record Write(Variable variable, Value value) implements Step {}
}
