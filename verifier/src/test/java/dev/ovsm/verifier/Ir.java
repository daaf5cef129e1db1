package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.IrParser;

/** Modules from text IR. */
final class Ir {
  private Ir() {}

  /** The module that a text describes; it must parse and be well-formed. */
  static Module module(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Module module =
        IrParser.parse(new Source("test.ir", text), diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.list().toString()));
    if (!IrChecker.check(module).isEmpty()) {
      throw new AssertionError(IrChecker.check(module).toString());
    }
    return module;
  }

  /** A module with one callback whose body is the blocks given. */
  static Module callback(String body) {
    return module(
        """
        module test
        entry tick callback 0x1 fn tick budget 50000
        fn tick(%0: ptr) -> u64 {
        """
            + body
            + "}\n");
  }

  static Report verify(String body) {
    return Verifier.verify(callback(body), Policy.standard());
  }

  /** The finding of a property, the worst if there are several. */
  static Finding finding(Report report, Property property) {
    Finding worst = null;
    for (Finding finding : report.findings()) {
      boolean worse = worst == null || worst.verdict().worse(finding.verdict()) != worst.verdict();
      if (finding.property() == property && worse) {
        worst = finding;
      }
    }
    if (worst == null) {
      throw new AssertionError("nothing about " + property + " in " + report);
    }
    return worst;
  }

  /** The diagnostic of a finding that has one. */
  static Diagnostic why(Finding finding) {
    if (finding.diagnostic() == null) {
      throw new AssertionError("no diagnostic in " + finding);
    }
    return finding.diagnostic();
  }
}
