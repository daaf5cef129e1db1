package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic whose check was dropped always fits its type. */
final class ArithmeticCheck implements Check {
  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    List<Finding> findings = new ArrayList<>();
    for (Place place : examination.inexact(root)) {
      Diagnostic why =
          Places.at(
              place,
              root.name(),
              VerifierCode.INEXACT,
              "the result may not fit its type, though it is claimed to");
      findings.add(Finding.unsafe(root.name(), Property.ARITHMETIC, "a false claim", why));
    }
    return findings;
  }
}
