package dev.ovsm.ir.opt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.text.Ir;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How many instructions the passes are given in all: what a program four times as large takes is
 * not much more than four times as much.
 */
class WorkTest {
  private static final int SMALL = 100;
  private static final int TIMES = 4;

  /** Each instruction is seen by the passes of three rounds of cleaning, and little oftener. */
  private static final long PASSES = 60;

  /** Programs of a size. */
  enum Shape {
    STRAIGHT(WorkTest::straight),
    CHECKS(WorkTest::checks),
    LOOPS(WorkTest::loops),
    CALLED_ONCE(size -> calls(size, true)),
    CALLS(size -> calls(size, false));

    final IntFunction<String> text;

    Shape(IntFunction<String> text) {
      this.text = text;
    }
  }

  @ParameterizedTest
  @EnumSource
  void workGrowsAsProgramsDo(Shape shape) {
    Module small = Ir.module(shape.text.apply(SMALL));
    Module large = Ir.module(shape.text.apply(TIMES * SMALL));
    assertThat(work(small)).isLessThan(PASSES * size(small));
    assertThat(work(large)).isLessThan(PASSES * size(large));
    assertThat(1.0 * work(large) / work(small)).isLessThan(1.5 * size(large) / size(small));
  }

  private static long work(Module module) {
    AtomicLong work = new AtomicLong();
    Optimizer.optimize(
        module,
        Optimizer.ALL,
        pass ->
            function -> {
              work.addAndGet(size(function));
              return pass.run(function);
            });
    return work.get();
  }

  private static long size(Module module) {
    return module.functions().stream().mapToLong(WorkTest::size).sum();
  }

  private static long size(Function function) {
    long size = 0;
    for (Block block : function.blocks()) {
      size += block.insts().size() + 1;
    }
    return size;
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments) + "\n";
  }

  private static String straight(int size) {
    StringBuilder text = new StringBuilder("fn entrypoint(%0: ptr) -> u64 {\nb0:\n");
    text.append("%1 = load u64 [%0]\n");
    for (int i = 1; i <= 2 * size; i += 2) {
      text.append(line("%%%d = const u64 %d", i + 1, i % 7 + 1));
      text.append(line("%%%d = add u64 %%%d, %%%d", i + 2, i, i + 1));
    }
    return text + line("return %%%d\n}", 2 * size + 1);
  }

  /** Each step compares the same value with another number and leaves the function. */
  private static String checks(int size) {
    StringBuilder text = new StringBuilder("fn entrypoint(%0: ptr) -> u64 {\nb0:\n");
    text.append("%1 = load u64 [%0]\njump b1\n");
    for (int i = 0; i < size; i++) {
      text.append(line("b%d:\n%%%d = const u64 %d", 2 * i + 1, 2 * i + 2, i));
      text.append(line("%%%d = gt u64 %%1, %%%d", 2 * i + 3, 2 * i + 2));
      text.append(line("branch %%%d, b%d, b%d", 2 * i + 3, 2 * i + 3, 2 * i + 2));
      text.append(line("b%d:\nreturn %%%d", 2 * i + 2, 2 * i + 2));
    }
    return text + line("b%d:\nreturn %%1\n}", 2 * size + 1);
  }

  private static String loops(int size) {
    StringBuilder text = new StringBuilder("fn entrypoint(%0: ptr) -> u64 {\nb0:\n");
    text.append("%1 = load u64 [%0]\n%2 = const u64 0\n%3 = const u64 1\njump b1(%2)\n");
    int value = 4;
    for (int i = 1; i <= 3 * size; i += 3) {
      text.append(line("b%d(%%%d: u64):", i, value));
      text.append(line("%%%d = lt u64 %%%d, %%1", value + 1, value));
      text.append(line("branch %%%d, b%d, b%d", value + 1, i + 1, i + 2));
      text.append(line("b%d:\n%%%d = add u64 %%%d, %%3", i + 1, value + 2, value));
      text.append(line("store u64 [%%0 + 8], %%%d\njump b%d(%%%d)", value + 2, i, value + 2));
      text.append(line("b%d:\njump b%d(%%2)", i + 2, i + 3));
      value += 3;
    }
    return text + line("b%d(%%%d: u64):\nreturn %%1\n}", 3 * size + 1, value);
  }

  private static String calls(int size, boolean once) {
    StringBuilder text = new StringBuilder("fn entrypoint(%0: ptr) -> u64 {\nb0:\n");
    text.append("%1 = load u64 [%0]\n");
    for (int i = 1; i <= size; i++) {
      text.append(line("%%%d = call u64 f%d(%%%d)", i + 1, once ? i : 1, i));
    }
    text.append(line("return %%%d\n}", size + 1));
    for (int i = 1; i <= (once ? size : 1); i++) {
      text.append(line("fn f%d(%%0: u64) -> u64 {\nb0:", i));
      text.append("%1 = const u64 3\n");
      for (int k = 1; k < 40; k++) {
        text.append(line("%%%d = mul.wrap u64 %%%d, %%%d", k + 1, k, k == 1 ? 0 : 1));
      }
      text.append("return %40\n}\n");
    }
    return text.toString();
  }
}
