package dev.ovsm.tests.code;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import java.util.List;

/** A function of many checks that nothing stands between, of which two far apart share an error. */
final class SharedWaysOut {
  private SharedWaysOut() {}

  /**
   * So many checks; the byte that the account begins with says which fails: 0, 1 or 2 the first of
   * each third, 3 none.
   */
  static Module module(int count) {
    FunctionBuilder out =
        new FunctionBuilder(Module.ENTRYPOINT, Type.U64, List.of(Type.PTR), Span.none());
    Value word = out.load(Type.U64, out.parameter(0), RandomModule.INPUT_START);
    Value first = out.binary(BinaryOp.AND, Mode.WRAP, word, out.constant(Type.U64, 0xff));
    Value third = out.constant(Type.U64, count / 3 + 1L);
    Value failing = out.binary(BinaryOp.MUL, Mode.WRAP, first, third);
    for (int i = 0; i < count; i++) {
      int wrong = out.block();
      int right = out.block();
      Value number = out.constant(Type.U64, i);
      out.branch(out.compare(Comparison.EQ, failing, number), wrong, right);
      out.enter(wrong);
      out.fail(out.constant(Type.U64, 6000 + i % (count / 2)));
      out.enter(right);
    }
    out.store(out.parameter(0), RandomModule.INPUT_START, word);
    out.ret(out.constant(Type.U64, 0));
    return RandomModule.of(List.of(out.build()), List.of());
  }
}
