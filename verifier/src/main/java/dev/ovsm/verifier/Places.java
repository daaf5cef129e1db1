package dev.ovsm.verifier;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.verifier.graph.Place;
import java.util.List;
import java.util.function.Function;

/** Diagnostics at places of a graph. */
final class Places {
  private Places() {}

  /** A diagnostic in the source if the place has one there, else at the instruction. */
  static Diagnostic at(Place place, String function, Code code, String message) {
    if (!place.span().isReal()) {
      String where = place.pc() < 0 ? "in " + function : place + " in " + function;
      return Diagnostic.in(where, code, message);
    }
    Diagnostic diagnostic = Diagnostic.at(place.span(), code, message);
    return place.pc() < 0 ? diagnostic : diagnostic.withNote("at: instruction " + place.pc());
  }

  /** The diagnostic with a second place: as a label in the source, or else as a step. */
  static Diagnostic with(Diagnostic diagnostic, Place place, String text) {
    return place.span().isReal()
        ? diagnostic.withLabel(place.span(), text)
        : diagnostic.withStep(place.toString(), text);
  }

  /** The first of some that a person finds in a source, if one does, else the first. */
  static <T> T told(List<T> some, Function<T, Place> place) {
    return some.stream()
        .filter(one -> place.apply(one).span().isReal())
        .findFirst()
        .orElse(some.get(0));
  }
}
