package dev.ovsm.frontend.silence;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is left of diagnostics when the comments of their sources have been heeded.
 *
 * <p>A comment silences warnings and notes, never errors.
 *
 * @param silenced the diagnostics that some comment does not want
 * @param problems comments without a reason, and comments that silence nothing
 */
public record Silence(Set<Diagnostic> silenced, List<Diagnostic> problems) {
  public Silence {
    silenced = new LinkedHashSet<>(silenced);
    problems = List.copyOf(problems);
  }

  /**
   * Heeds the comments of a program's sources and of the files they import, of these as far as
   * anything is found in them.
   */
  public static Silence of(List<Source> program, List<Diagnostic> found) {
    Set<Source> sources = new LinkedHashSet<>(program);
    for (Diagnostic diagnostic : found) {
      Span place = diagnostic.primary();
      if (place != null && place.isReal() && !place.source().isInternal()) {
        sources.add(place.source());
      }
    }
    List<Diagnostic> problems = new ArrayList<>();
    Set<Diagnostic> silenced = new LinkedHashSet<>();
    for (Source source : sources) {
      for (Silencer silencer : SilencerReader.read(source, problems)) {
        List<Diagnostic> hit = found.stream().filter(silencer::silences).toList();
        silenced.addAll(hit);
        if (hit.isEmpty()) {
          problems.add(unused(silencer, found));
        }
      }
    }
    return new Silence(silenced, problems);
  }

  private static Diagnostic unused(Silencer silencer, List<Diagnostic> found) {
    boolean isError =
        found.stream()
            .anyMatch(
                one -> one.code().equals(silencer.code()) && one.severity() == Severity.ERROR);
    String message =
        isError
            ? silencer.code().id() + " is an error here, which cannot be silenced"
            : "there is no " + silencer.code().id() + " here to silence";
    Diagnostic warning =
        Diagnostic.at(silencer.comment(), LintCode.UNUSED_SILENCER, message)
            .withHelp("remove the comment, or move it right before the form that it is about");
    return isError || !silencer.isAlone()
        ? warning
        : warning.withFix(new Fix("remove the comment", withBlanks(silencer.comment()), ""));
  }

  /** A comment with its line if nothing else is on it, else with the blanks before it. */
  private static Span withBlanks(Span comment) {
    String text = comment.source().text();
    int start = comment.start();
    while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
      start--;
    }
    boolean isLine = start == 0 || text.charAt(start - 1) == '\n';
    boolean ends = isLine && comment.end() < text.length();
    return new Span(comment.source(), start, ends ? comment.end() + 1 : comment.end());
  }
}
