package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The way out for a name that nothing has: an import, a name that is near, a definition. */
final class Advice {
  private static final String PLAIN_ADVICE =
      "define it, or compile the file that does together with this one";

  private final Names names;
  private final Modules modules;
  private final Map<String, Span> ordered = new LinkedHashMap<>();

  Advice(Names names, Modules modules) {
    this.names = names;
    this.modules = modules;
  }

  /** Notes a name that is there from its definition on, as the code around it runs in order. */
  void defineInOrder(Form.Symbol name) {
    ordered.putIfAbsent(name.name(), name.span());
  }

  /** A report of a name that nothing has, with the way out. */
  Diagnostic of(Diagnostic report, Form.Symbol symbol, Scope scope) {
    if (!names.advises()) {
      return report.withHelp(PLAIN_ADVICE);
    }
    Optional<String> module = modules.defining(symbol.name());
    if (module.isPresent()) {
      Span top = new Span(symbol.span().source(), 0, 0);
      String form = "(import " + module.get() + ")";
      return report
          .withHelp("the library has it: " + form)
          .withFix(new Fix("import " + module.get(), top, form + "\n"));
    }
    Span below = ordered.get(symbol.name());
    if (below != null) {
      return report
          .withLabel(below, "defined only here")
          .withHelp("move that above: it uses what the program has computed there");
    }
    Optional<String> here = Elsewhere.saidHere(symbol.name());
    if (here.isPresent()) {
      return report.withHelp(here.get());
    }
    List<String> candidates = new ArrayList<>(scope.visible());
    candidates.addAll(names.visible());
    Diagnostic near =
        Spelling.corrected(
            variants(symbol.name()).map(report::withHelp).orElse(report),
            symbol.span(),
            symbol.name(),
            candidates);
    return near.help() == null ? report.withHelp(PLAIN_ADVICE) : near;
  }

  /** What an enumeration has, of which a name would be one. */
  private Optional<String> variants(String name) {
    int slash = Math.max(name.indexOf('/'), 0);
    String prefix = name.substring(0, slash);
    return names
        .enumeration(prefix)
        .map(
            it ->
                it.variants().stream()
                    .map(Program.Variant::name)
                    .collect(Collectors.joining(", ", prefix + " has ", "")));
  }
}
