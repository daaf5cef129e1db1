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
import java.util.stream.IntStream;

/** A function of many blocks, each of which goes on to the next or to another one far behind it. */
final class FarJumps {
  private static final int WORK = 1;

  private FarJumps() {}

  /** So many blocks; what the account holds decides which of them are passed. */
  static Module module(int count) {
    FunctionBuilder out =
        new FunctionBuilder(Module.ENTRYPOINT, Type.U64, List.of(Type.PTR), Span.none());
    Variable state = out.variable("state", Type.U64);
    Value seed = out.load(Type.U64, out.parameter(0), RandomModule.INPUT_START);
    out.write(state, seed);
    int[] blocks = IntStream.rangeClosed(0, count).map(i -> out.block()).toArray();
    out.jump(blocks[0]);
    for (int i = 0; i < count; i++) {
      out.enter(blocks[i]);
      for (int step = 0; step < WORK; step++) {
        Value factor = out.constant(Type.U64, 2L * (i + step) + 3);
        Value product = out.binary(BinaryOp.MUL, Mode.WRAP, out.read(state), factor);
        out.write(state, out.binary(BinaryOp.XOR, Mode.WRAP, product, seed));
      }
      Value bits = out.constant(Type.U64, 0x3f00_0000L);
      Value drawn = out.binary(BinaryOp.AND, Mode.WRAP, out.read(state), bits);
      Value none = out.constant(Type.U64, 0);
      int far = i + 1 + (int) ((i * 7919L + 1) % (count - i));
      out.branch(out.compare(Comparison.EQ, drawn, none), blocks[far], blocks[i + 1]);
    }
    out.enter(blocks[count]);
    out.store(out.parameter(0), RandomModule.INPUT_START, out.read(state));
    out.ret(out.constant(Type.U64, 0));
    return RandomModule.of(List.of(out.build()), List.of());
  }
}
