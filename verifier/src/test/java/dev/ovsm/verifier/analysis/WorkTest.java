package dev.ovsm.verifier.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.text.IrParser;
import dev.ovsm.verifier.front.ModuleFront;
import dev.ovsm.verifier.graph.Subject;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often operations are evaluated: not oftener in a program that is larger. */
class WorkTest {
  private static final int SMALL = 100;
  private static final int TIMES = 4;

  /** Programs of a size, and how often an operation of them is evaluated at most. */
  enum Shape {
    STRAIGHT(2, WorkTest::straight),
    CHECKS(2, WorkTest::checks),
    LOOPS(20, WorkTest::loops),
    CALLS(4, WorkTest::calls);

    final int most;
    final IntFunction<String> text;

    Shape(int most, IntFunction<String> text) {
      this.most = most;
      this.text = text;
    }
  }

  @ParameterizedTest
  @EnumSource
  void workGrowsAsProgramsDo(Shape shape) {
    for (int size : new int[] {SMALL, TIMES * SMALL}) {
      Subject subject = subject(shape.text.apply(size));
      long nodes = subject.graphs().stream().mapToLong(graph -> graph.nodes().size()).sum();
      assertThat(nodes).isGreaterThan(size);
      assertThat(Examination.of(subject).evaluations()).isLessThanOrEqualTo(shape.most * nodes);
    }
  }

  private static Subject subject(String text) {
    Diagnostics found = new Diagnostics();
    Module module =
        IrParser.parse(new Source("test.ir", text), found)
            .orElseThrow(() -> new AssertionError(found.list().toString()));
    return ModuleFront.lift(module, kind -> 200_000);
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments) + "\n";
  }

  private static String straight(int size) {
    StringBuilder text = new StringBuilder("fn entrypoint(%0: ptr) -> u64 {\nb0:\n");
    text.append("%1 = load u64 [%0]\n%2 = const u64 3\n");
    for (int i = 3; i < size + 3; i++) {
      text.append(line("%%%d = add u64 %%%d, %%2", i, i - 1));
    }
    return text + line("return %%%d\n}", size + 2);
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

  /** Each function calls the next with another number. */
  private static String calls(int size) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      String name = i == 0 ? "entrypoint" : "f" + i;
      text.append(line("fn %s(%%0: %s) -> u64 {\nb0:", name, i == 0 ? "ptr" : "u64"));
      text.append(line("%%1 = const u64 %d", i));
      text.append(
          i + 1 < size ? line("%%2 = call u64 f%d(%%1)\nreturn %%2\n}", i + 1) : "return %1\n}\n");
    }
    return text.toString();
  }
}
