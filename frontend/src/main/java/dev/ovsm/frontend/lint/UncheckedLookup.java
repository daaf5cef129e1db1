package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.HirParts;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Options that are used as values although nothing looked whether they are null. */
final class UncheckedLookup implements Rule {
  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    Set<Instance> functions = new LinkedHashSet<>(subject.typed().functions());
    subject.typed().entries().forEach(entry -> functions.add(entry.function()));
    for (Instance function : functions) {
      if (!function.span().source().isInternal()) {
        check(function, out);
      }
    }
  }

  private static void check(Instance function, Consumer<Diagnostic> out) {
    Set<Local> checked = new LinkedHashSet<>();
    List<Hir.Unwrap> uses = new ArrayList<>();
    HirParts.walk(
        function.body(),
        hir -> {
          if (hir instanceof Hir.IsPresent present && present.option() instanceof Hir.Read read) {
            checked.add(read.local());
          } else if (hir instanceof Hir.Unwrap unwrap) {
            uses.add(unwrap);
          }
        });
    for (Hir.Unwrap use : uses) {
      if (!(use.option() instanceof Hir.Read read)) {
        out.accept(warning(use, "this is used at once, and is null where there is nothing"));
      } else if (checked.add(read.local())) {
        out.accept(
            warning(use, read.local().name() + " is used here, and may be null")
                .withLabel(read.local().span(), "it comes from here"));
      }
    }
  }

  private static Diagnostic warning(Hir.Unwrap use, String message) {
    return Diagnostic.at(use.span(), LintCode.UNCHECKED_LOOKUP, message)
        .withNote("using null as a value ends the execution with an error")
        .withHelp("compare it with null before, or give a default: (or value 0)");
  }
}
