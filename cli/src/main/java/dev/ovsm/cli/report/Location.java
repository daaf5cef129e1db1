package dev.ovsm.cli.report;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a file; lines and columns count from 1, columns in code points, and the end column
 * is the first that no longer belongs to it.
 */
record Location(String file, int line, int column, int endLine, int endColumn) {
  /** Where a span is, if it is in a file. */
  static Optional<Location> of(@Nullable Span span) {
    if (span == null || !span.isReal()) {
      return Optional.empty();
    }
    Source source = span.source();
    return Optional.of(
        new Location(
            source.name(),
            span.line(),
            span.column(),
            source.line(span.end()),
            source.column(span.end())));
  }

  /** Where a diagnostic points, if that is in a file. */
  static Optional<Location> of(Diagnostic diagnostic) {
    return of(diagnostic.primary());
  }
}
