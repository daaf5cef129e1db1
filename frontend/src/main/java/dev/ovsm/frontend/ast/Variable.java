package dev.ovsm.frontend.ast;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import org.jspecify.annotations.Nullable;

/**
 * A local variable: one binding of a name in one function.
 *
 * @param id unique in a compilation, so that shadowed names stay apart
 * @param type the type written beside the name, or null
 */
public record Variable(String name, int id, @Nullable Form type, Span span) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Variable variable && variable.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return name;
  }
}
