package dev.ovsm.tests.code;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.util.List;

/** A function of many checks, each with a message and an error of its own. */
final class WaysOut {
  private WaysOut() {}

  /** So many checks; the number that the account begins with is looked for by each. */
  static Module module(int count) {
    FunctionBuilder out =
        new FunctionBuilder(Module.ENTRYPOINT, Type.U64, List.of(Type.PTR), Span.none());
    Variable state = out.variable("state", Type.U64);
    Value first = out.load(Type.U64, out.parameter(0), RandomModule.INPUT_START);
    Value mask = out.constant(Type.U64, 0xff);
    out.write(state, first);
    for (int i = 0; i < count; i++) {
      Value factor = out.constant(Type.U64, 0x9e37_79b9L + 2L * i);
      Value mixed = out.binary(BinaryOp.MUL, Mode.WRAP, out.read(state), factor);
      out.write(state, out.binary(BinaryOp.ADD, Mode.WRAP, mixed, out.constant(Type.U64, i)));
      int wrong = out.block();
      int right = out.block();
      Value high = out.binary(BinaryOp.AND, Mode.WRAP, first, mask);
      Value bad = out.constant(Type.U64, i * 255L / count);
      Value number = out.binary(BinaryOp.SUB, Mode.WRAP, high, bad);
      Value taken = i % 600 == 599 ? number : out.read(state);
      out.branch(out.compare(Comparison.EQ, taken, out.constant(Type.U64, 0)), wrong, right);
      out.enter(wrong);
      Value told = out.constant(Type.U64, i);
      out.syscallVoid("sol_log_64_", List.of(told, taken, told, first, told));
      out.fail(out.constant(Type.U64, 6000 + i));
      out.enter(right);
    }
    out.store(out.parameter(0), RandomModule.INPUT_START, out.read(state));
    out.ret(out.constant(Type.U64, 0));
    return RandomModule.of(List.of(out.build()), List.of());
  }
}
