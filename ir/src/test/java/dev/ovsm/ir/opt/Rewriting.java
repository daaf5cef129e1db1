package dev.ovsm.ir.opt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.Ir;
import dev.ovsm.ir.text.IrPrinter;
import java.util.List;

/** What one pass makes of the first function of a text, which the checker of IR then accepts. */
final class Rewriting {
  private Rewriting() {}

  static void pass(Pass pass, String text, String expected) {
    Module module = Ir.module(text);
    Function function = checked(pass.run(module.functions().get(0)), module);
    assertThat(IrPrinter.print(function)).isEqualTo(expected);
  }

  static void unchanged(Pass pass, String text) {
    pass(pass, text, text);
  }

  /** The function, if it is well formed beside the others and the data of its module. */
  static Function checked(Function function, Module module) {
    List<Function> functions =
        module.functions().stream()
            .map(other -> other.name().equals(function.name()) ? function : other)
            .toList();
    assertThat(IrChecker.check(module.withFunctions(functions))).isEmpty();
    return function;
  }
}
