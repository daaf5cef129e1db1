package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Typed;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Finds what is legal and hardly meant; nothing it says keeps a program from being compiled. */
public final class Linter {
  private Linter() {}

  /** The warnings about a program, in the order of the text; none if it has an error. */
  public static List<Diagnostic> lint(Compiled phases) {
    Program program = phases.program();
    Typed typed = phases.typed();
    if (program == null || typed == null || phases.module() == null) {
      return List.of();
    }
    Subject subject = new Subject(program, typed);
    Set<Diagnostic> found = new LinkedHashSet<>();
    for (Rule rule : rules()) {
      rule.check(subject, found::add);
    }
    return found.stream()
        .filter(one -> one.primary() != null && !isLibrary(one))
        .sorted(
            Comparator.comparing((Diagnostic one) -> place(one).source().name())
                .thenComparing(one -> place(one).start())
                .thenComparing(one -> one.code().id()))
        .toList();
  }

  private static List<Rule> rules() {
    return List.of(
        new DyingHeartbeat(),
        new FeedbackLoop(),
        new HotTimer(),
        new UnusedResult(),
        new Nanoseconds(),
        new UncheckedLookup(),
        new AnyChange(),
        new NeverCancelled(),
        new MinimumInterval(),
        new UnvalidatedData(),
        new LamportsOffset(),
        new StalePrice(),
        new PriceSign(),
        new PriceExponent());
  }

  private static Span place(Diagnostic diagnostic) {
    return Objects.requireNonNull(diagnostic.primary());
  }

  private static boolean isLibrary(Diagnostic diagnostic) {
    return place(diagnostic).source().isInternal();
  }
}
