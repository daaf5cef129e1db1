package dev.ovsm.frontend.idl;

import dev.ovsm.frontend.read.Form;
import org.jspecify.annotations.Nullable;

/** What stands inside {@code (option T)}, {@code (vec T n)}, {@code (array T n)}, {@code [T n]}. */
public final class InnerType {
  private InnerType() {}

  /** The form of T; null if the form is none of these, or nobody wrote one. */
  public static @Nullable Form of(@Nullable Form form) {
    if (!(form instanceof Form.Sequence sequence) || sequence.items().size() < 2) {
      return null;
    }
    return sequence.items().get(sequence.bracket() == Form.Bracket.LIST ? 1 : 0);
  }
}
