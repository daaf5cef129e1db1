package dev.ovsm.tests.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verifier;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Looks for a case in which a callback depends on what validators may not agree on, and nothing is
 * told of it; finds none as a rule.
 */
public final class Silence implements Callable<String> {
  @Override
  public String call() throws IOException {
    return Case.all(CasesTest.FOLDER).stream()
        .filter(one -> one.messages().contains(VerifierCode.NONDETERMINISM.id()))
        .filter(one -> !isTold(one))
        .map(Case::name)
        .findFirst()
        .orElse("");
  }

  private static boolean isTold(Case one) {
    return Verifier.verify(one.program(), one.manifest(), pc -> Span.none(), Policy.standard())
        .stream()
        .map(Finding::diagnostic)
        .flatMap(Stream::ofNullable)
        .map(Diagnostic::code)
        .anyMatch(VerifierCode.NONDETERMINISM::equals);
  }
}
