package dev.ovsm.tests.code;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.text.IrParser;
import java.util.Locale;

/** A function with two long stretches of code that it may pass over. */
final class Stretches {
  private Stretches() {}

  /**
   * Depending on the first byte of the account it passes over two stretches of so many steps, over
   * one, or runs both; twice. A check in the first of them can fail.
   */
  static Module module(int steps) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            fn entrypoint(%%0: ptr) -> u64 {
            b0:
              %%1 = load u64 [%%0 + %1$d]
              %%2 = const u64 0
              %%3 = const u64 1
              %%4 = const u64 2
              %%5 = const u64 31
              jump b1(%%2, %%1)
            b1(%%6: u64, %%7: u64):
              %%8 = and.wrap u64 %%1, %%4
              %%9 = eq u64 %%8, %%2
              branch %%9, b2(%%7), b3(%%7)
            b2(%%10: u64):
              %%11 = and.wrap u64 %%1, %%3
              %%12 = eq u64 %%11, %%2
              branch %%12, b5(%%10), b6(%%10)
            b3(%%13: u64):
              store u64 [%%0 + %1$d], %%13
              %%14 = add u64 %%6, %%3
              %%15 = lt u64 %%14, %%4
              branch %%15, b1(%%14, %%13), b4
            b4:
              return %%2
            b5(%%16: u64):
            """,
            RandomModule.INPUT_START));
    int value = 16;
    int next = 17;
    for (int i = 0; i < 2 * steps; i++) {
      if (i == steps) {
        text.append("  jump b6(%").append(value).append(")\nb6(%").append(next).append(": u64):\n");
        value = next++;
      }
      String check = i == steps / 2 ? "add u64" : "add.wrap u64";
      text.append(
          String.format(
              Locale.ROOT,
              "  %%%d = mul.wrap u64 %%%d, %%5\n  %%%d = %s %%%d, %%1\n",
              next,
              value,
              next + 1,
              check,
              next));
      value = next + 1;
      next += 2;
    }
    text.append("  jump b3(%").append(value).append(")\n}\n");
    Diagnostics found = new Diagnostics();
    return IrParser.parse(new Source("long.ir", text.toString()), found)
        .orElseThrow(() -> new AssertionError(found.list().toString()));
  }
}
