package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Span;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong in a performance, said once for each place in the scenario. */
final class Remarks {
  private final Diagnostics found;
  private final Set<String> said = new TreeSet<>();

  Remarks(Diagnostics found) {
    this.found = found;
  }

  /** The places about which something was said. */
  Set<String> said() {
    return said;
  }

  /** Whether something was said about a place. */
  boolean concern(Span span) {
    return said.contains(key(span));
  }

  /** A condition of a place does not hold. */
  void broken(Span span, Diagnostic diagnostic) {
    said.add(key(span));
    found.add(diagnostic);
  }

  /** A transaction did not end as it should. */
  void transaction(Span span, String message, String help) {
    if (said.add(key(span))) {
      found.add(Diagnostic.at(span, RunCode.TRANSACTION_FAILED, message).withHelp(help));
    }
  }

  /** Says what is wrong with a place in the scenario, once. */
  void say(Span span, String message, String help) {
    if (said.add(key(span))) {
      found.add(Diagnostic.at(span, RunCode.SCENARIO_VALUE, message).withHelp(help));
    }
  }

  private static String key(Span span) {
    return span.source().name() + ":" + span.start() + ":" + span.end();
  }
}
