package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;

/** The same form at another place of the source. */
final class Placed {
  private Placed() {}

  static Form at(Form form, Span place) {
    if (form instanceof Form.Symbol symbol) {
      return new Form.Symbol(symbol.name(), place);
    } else if (form instanceof Form.Keyword keyword) {
      return new Form.Keyword(keyword.name(), place);
    } else if (form instanceof Form.Whole whole) {
      return new Form.Whole(whole.value(), whole.suffix(), place);
    } else if (form instanceof Form.Fraction fraction) {
      return new Form.Fraction(fraction.value(), place);
    } else if (form instanceof Form.Text text) {
      return new Form.Text(text.value(), place);
    } else if (form instanceof Form.CodePoint character) {
      return new Form.CodePoint(character.value(), place);
    } else if (form instanceof Form.Bool bool) {
      return new Form.Bool(bool.value(), place);
    } else if (form instanceof Form.Null) {
      return new Form.Null(place);
    } else if (form instanceof Form.PublicKey key) {
      return new Form.PublicKey(key.bytes(), place);
    }
    return form;
  }
}
