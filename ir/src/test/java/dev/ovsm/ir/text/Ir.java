package dev.ovsm.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import java.util.Optional;

/** Modules for tests, from text. */
public final class Ir {
  private Ir() {}

  /** The well-formed module that the text stands for. */
  public static Module module(String text) {
    Module module = unchecked(text);
    assertThat(IrChecker.check(module)).isEmpty();
    return module;
  }

  /** The module that the text stands for, well-formed or not. */
  public static Module unchecked(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Module> module = IrParser.parse(new Source("test.ir", text), diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    return module.orElseThrow();
  }
}
