package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.util.List;

/** What the evaluator of macros computes with: forms, and functions on them. */
sealed interface Value {
  record Data(Form form) implements Value {}

  /** A function; {@code name} is for messages. */
  record Function(String name, Body body) implements Value {}

  /** What a function does with its arguments. */
  interface Body {
    Value apply(List<Value> arguments, Span at);
  }

  /** Whether the value counts as true: all but {@code false}, {@code null}, 0 and empty lists. */
  default boolean isTrue() {
    if (!(this instanceof Data data)) {
      return true;
    }
    Form form = data.form();
    boolean isFalse = form instanceof Form.Bool bool && !bool.value();
    boolean isZero = form instanceof Form.Whole whole && whole.value().signum() == 0;
    boolean isEmpty = form instanceof Form.Sequence sequence && sequence.items().isEmpty();
    return !isFalse && !isZero && !isEmpty && !(form instanceof Form.Null);
  }
}
