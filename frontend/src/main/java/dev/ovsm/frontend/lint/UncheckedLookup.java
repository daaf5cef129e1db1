package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.HirParts;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Options that are used as values although nothing looked whether they are null. */
final class UncheckedLookup implements Rule {
  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    Set<Span> found = KeyBounds.of(subject);
    Set<Instance> functions = new LinkedHashSet<>(subject.typed().functions());
    subject.typed().entries().forEach(entry -> functions.add(entry.function()));
    for (Instance function : functions) {
      if (!function.span().source().isInternal()) {
        check(function, found, subject, out);
      }
    }
  }

  private static void check(
      Instance function, Set<Span> found, Subject subject, Consumer<Diagnostic> out) {
    Set<Local> checked = new LinkedHashSet<>();
    List<Hir.Unwrap> uses = new ArrayList<>();
    HirParts.walk(
        function.body(),
        hir -> {
          if (hir instanceof Hir.IsPresent present && present.option() instanceof Hir.Read read) {
            checked.add(read.local());
          } else if (hir instanceof Hir.Unwrap unwrap
              && !isFound(unwrap.option(), found, subject)) {
            uses.add(unwrap);
          }
        });
    for (Hir.Unwrap use : uses) {
      if (!(use.option() instanceof Hir.Read read)) {
        Diagnostic warning =
            warning(use, "this is used at once, and is null where there is nothing");
        out.accept(use.type() instanceof Type.Int ? warning.withFix(orZero(use)) : warning);
      } else if (checked.add(read.local())) {
        Diagnostic warning =
            warning(use, read.local().name() + " is used here, and may be null")
                .withLabel(read.local().span(), "it comes from here");
        out.accept(required(read.local(), subject).map(warning::withFix).orElse(warning));
      }
    }
  }

  private static boolean isFound(Hir option, Set<Span> found, Subject subject) {
    return option instanceof Hir.Read read
        ? subject
            .definition(read.local().span())
            .filter(define -> found.contains(define.value().span()))
            .isPresent()
        : found.contains(option.span());
  }

  private static Fix orZero(Hir.Unwrap use) {
    return new Fix("give a default", use.span(), "(or " + use.span().text() + " 0)");
  }

  /** Requires a value on the line after the one that defines its name. */
  private static Optional<Fix> required(Local local, Subject subject) {
    return subject
        .definition(local.span())
        .map(Ast.Define::span)
        .filter(define -> define.text().startsWith("(define "))
        .map(
            define -> {
              Span behind = new Span(define.source(), define.end(), define.end());
              String blanks = " ".repeat(define.column() - 1);
              String check = "(require (!= " + local.name() + " null))";
              return new Fix("check it first", behind, "\n" + blanks + check);
            });
  }

  private static Diagnostic warning(Hir.Unwrap use, String message) {
    return Diagnostic.at(use.span(), LintCode.UNCHECKED_LOOKUP, message)
        .withNote("using null as a value ends the execution with an error")
        .withHelp("compare it with null before, or give a default: (or value 0)");
  }
}
