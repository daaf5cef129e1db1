package dev.ovsm.ir.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.IrPrinter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Variables become values and block parameters, no more than are needed. */
class FunctionBuilderTest {
  @Test
  void aLoopVariableBecomesAParameterOfTheHeader() {
    FunctionBuilder b = new FunctionBuilder("sum", Type.U64, List.of(Type.U64), Span.none());
    Variable i = b.variable("i", Type.U64);
    Variable sum = b.variable("sum", Type.U64);
    Variable limit = b.variable("limit", Type.U64);
    b.write(limit, b.parameter(0));
    b.write(i, b.constant(Type.U64, 0));
    b.write(sum, b.constant(Type.U64, 0));
    int header = b.block();
    int body = b.block();
    int exit = b.block();
    b.jump(header);
    b.enter(header);
    b.branch(b.compare(Comparison.LT, b.read(i), b.read(limit)), body, exit);
    b.enter(body);
    b.write(sum, b.binary(BinaryOp.ADD, Mode.CHECK, b.read(sum), b.read(i)));
    b.write(i, b.binary(BinaryOp.ADD, Mode.CHECK, b.read(i), b.constant(Type.U64, 1)));
    b.jump(header);
    b.enter(exit);
    b.ret(b.read(sum));
    assertThat(text(b))
        .isEqualTo(
            """
            fn sum(%0: u64) -> u64 {
            b0:
              %1 = const u64 0
              %2 = const u64 0
              jump b1(%1, %2)
            b1(%3: u64, %4: u64):
              %5 = lt u64 %3, %0
              branch %5, b2, b3
            b2:
              %6 = add u64 %4, %3
              %7 = const u64 1
              %8 = add u64 %3, %7
              jump b1(%8, %6)
            b3:
              return %4
            }
            """);
  }

  @Test
  void aVariableThatIsNotReadAfterAJoinNeedsNoParameter() {
    FunctionBuilder b = new FunctionBuilder("f", Type.U64, List.of(Type.BOOL), Span.none());
    Variable dead = b.variable("dead", Type.U64);
    int left = b.block();
    int right = b.block();
    int join = b.block();
    b.branch(b.parameter(0), left, right);
    b.enter(left);
    b.write(dead, b.constant(Type.U64, 1));
    b.jump(join);
    b.enter(right);
    b.write(dead, b.constant(Type.U64, 2));
    b.jump(join);
    b.enter(join);
    b.ret(b.constant(Type.U64, 0));
    Function function = b.build();
    assertThat(function.blocks().get(3).parameters()).isEmpty();
  }

  @Test
  void codeBehindATerminatorIsDropped() {
    FunctionBuilder b = new FunctionBuilder("f", null, List.of(), Span.none());
    b.fail(Failure.ASSERTION);
    assertThat(b.isOpen()).isFalse();
    b.constant(Type.U64, 7);
    assertThat(b.isOpen()).isTrue();
    b.ret(null);
    assertThat(text(b))
        .isEqualTo(
            """
            fn f() {
            b0:
              %0 = const u64 5011
              fail %0
            }
            """);
  }

  @Test
  void explicitParametersAndVariablesMix() {
    FunctionBuilder b = new FunctionBuilder("f", Type.U64, List.of(Type.BOOL), Span.none());
    Variable x = b.variable("x", Type.U64);
    b.write(x, b.constant(Type.U64, 1));
    int left = b.block();
    int join = b.block();
    Value parameter = b.parameter(join, Type.U64);
    Value two = b.constant(Type.U64, 2);
    b.branch(b.parameter(0), new Target(left, List.of()), new Target(join, List.of(two)));
    b.enter(left);
    b.write(x, b.read(x));
    b.write(x, b.constant(Type.U64, 3));
    b.jump(join, two);
    b.enter(join);
    b.ret(b.binary(BinaryOp.ADD, Mode.CHECK, b.read(x), parameter));
    assertThat(text(b)).contains("b2(%4: u64, %5: u64):", "%6 = add u64 %5, %4");
  }

  @Test
  void deepControlFlowNeedsNoDeepStack() {
    FunctionBuilder b = new FunctionBuilder("deep", Type.U64, List.of(Type.BOOL), Span.none());
    Variable x = b.variable("x", Type.U64);
    b.write(x, b.constant(Type.U64, 0));
    for (int i = 0; i < 50_000; i++) {
      int then = b.block();
      int next = b.block();
      b.branch(b.parameter(0), then, next);
      b.enter(then);
      b.write(x, b.binary(BinaryOp.ADD, Mode.WRAP, b.read(x), b.constant(Type.U64, i)));
      b.jump(next);
      b.enter(next);
    }
    b.ret(b.read(x));
    assertThat(b.build().blocks()).hasSize(100_001);
  }

  @Test
  void readingAnUnwrittenVariableIsAFault() {
    FunctionBuilder b = new FunctionBuilder("f", Type.U64, List.of(), Span.none());
    b.ret(b.read(b.variable("x", Type.U64)));
    assertThatThrownBy(b::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("x");
  }

  private static String text(FunctionBuilder builder) {
    Function function = builder.build();
    Module module =
        new Module("", List.of(function), List.of(), List.of(), List.of(), List.of(), List.of());
    assertThat(IrChecker.check(module)).isEmpty();
    return IrPrinter.print(function);
  }
}
