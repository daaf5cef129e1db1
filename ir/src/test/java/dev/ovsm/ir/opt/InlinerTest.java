package dev.ovsm.ir.opt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.Ir;
import dev.ovsm.ir.text.IrPrinter;
import org.junit.jupiter.api.Test;

/** Small functions and those called once are compiled into their callers. */
class InlinerTest {
  @Test
  void smallAndOnceCalledFunctionsAreInlinedAndRecursiveOnesAreNot() {
    Module module =
        Ir.module(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0]
              %2 = call u64 twice(%1)
              %3 = call u64 twice(%2)
              %4 = call u64 down(%3)
              return %4
            }
            fn twice(%0: u64) -> u64 {
            b0:
              %1 = add u64 %0, %0
              return %1
            }
            fn down(%0: u64) -> u64 {
            b0:
              %1 = const u64 0
              %2 = eq u64 %0, %1
              branch %2, b1, b2
            b1:
              return %0
            b2:
              %3 = const u64 1
              %4 = sub u64 %0, %3
              %5 = call u64 down(%4)
              return %5
            }
            """);
    Module optimized = Optimizer.optimize(module, Optimizer.ALL);
    assertThat(IrChecker.check(optimized)).isEmpty();
    assertThat(optimized.functions())
        .extracting(Function::name)
        .containsExactly("entrypoint", "down");
    assertThat(IrPrinter.print(optimized.functions().get(0)))
        .isEqualTo(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0]
              %2 = add u64 %1, %1
              %3 = add u64 %2, %2
              %4 = call u64 down(%3)
              return %4
            }
            """);
  }
}
