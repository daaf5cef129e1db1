package dev.ovsm.diag;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thing told to the user: what (code and message), where (primary span), why (labels and notes)
 * and what to do (help and fix).
 *
 * <p>{@code place} names what is not a place in a source: an argument, a file, an instruction.
 * Every diagnostic has a primary span or a place.
 *
 * @param labels places in sources along the way to the finding
 * @param steps such places that are in no source
 */
public record Diagnostic(
    Code code,
    Severity severity,
    @Nullable Span primary,
    @Nullable String place,
    String message,
    List<Label> labels,
    List<String> notes,
    List<Step> steps,
    @Nullable String help,
    @Nullable Fix fix) {

  public Diagnostic {
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
    steps = List.copyOf(steps);
    if (primary == null && place == null) {
      throw new IllegalArgumentException("a diagnostic needs a place: " + message);
    }
  }

  /** A diagnostic at a place in a source, with the code's own severity. */
  public static Diagnostic at(Span primary, Code code, String message) {
    return new Diagnostic(
        code, code.severity(), primary, null, message, List.of(), List.of(), List.of(), null, null);
  }

  /** A diagnostic at something that is not a place in a source, with the code's own severity. */
  public static Diagnostic in(String place, Code code, String message) {
    return new Diagnostic(
        code, code.severity(), null, place, message, List.of(), List.of(), List.of(), null, null);
  }

  public Diagnostic withSeverity(Severity other) {
    return new Diagnostic(code, other, primary, place, message, labels, notes, steps, help, fix);
  }

  public Diagnostic withLabel(Span span, String text) {
    List<Label> more = new ArrayList<>(labels);
    more.add(new Label(span, text));
    return new Diagnostic(code, severity, primary, place, message, more, notes, steps, help, fix);
  }

  /** Adds a fact that explains the finding, printed as {@code = note:}. */
  public Diagnostic withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Diagnostic(code, severity, primary, place, message, labels, more, steps, help, fix);
  }

  /** Adds a place along the way that is in no source, as a label would one that is. */
  public Diagnostic withStep(String where, String text) {
    List<Step> more = new ArrayList<>(steps);
    more.add(new Step(where, text));
    return new Diagnostic(code, severity, primary, place, message, labels, notes, more, help, fix);
  }

  /** Sets the way out, printed as {@code = help:}. */
  public Diagnostic withHelp(String text) {
    return new Diagnostic(code, severity, primary, place, message, labels, notes, steps, text, fix);
  }

  public Diagnostic withFix(Fix change) {
    return new Diagnostic(
        code, severity, primary, place, message, labels, notes, steps, help, change);
  }

  /** The same with every place in a source as it is elsewhere. */
  public Diagnostic moved(UnaryOperator<Span> elsewhere) {
    Span first = primary == null ? null : elsewhere.apply(primary);
    List<Label> others =
        labels.stream().map(one -> new Label(elsewhere.apply(one.span()), one.text())).toList();
    Fix change =
        fix == null
            ? null
            : new Fix(fix.description(), elsewhere.apply(fix.span()), fix.replacement());
    return new Diagnostic(
        code, severity, first, place, message, others, notes, steps, help, change);
  }

  /** The steps in words, and the notes: what there is to read beside the message. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    steps.forEach(step -> remarks.add(step.place + ": " + step.text));
    remarks.addAll(notes);
    return remarks;
  }

  /**
   * A place that is in no source.
   *
   * @param place such as an instruction
   * @param text what is so there
   */
  public record Step(String place, String text) {}
}
