package dev.ovsm.frontend.silence;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Span;

/**
 * A comment that silences a code.
 *
 * @param comment where it says so
 * @param scope where it holds
 * @param isAlone whether the comment names no other code
 */
record Silencer(Span comment, Code code, Span scope, boolean isAlone) {
  boolean silences(Diagnostic diagnostic) {
    Span place = diagnostic.primary();
    return place != null
        && diagnostic.severity() != Severity.ERROR
        && diagnostic.code().equals(code)
        && place.source() == scope.source()
        && place.start() >= scope.start()
        && place.start() < scope.end();
  }
}
