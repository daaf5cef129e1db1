package dev.ovsm.frontend.hir;

import dev.ovsm.diag.Span;
import org.jspecify.annotations.Nullable;

/**
 * A variable of one function instance, with its type; {@code id} is unique in a compilation.
 *
 * @param hoisted whether some path may read it before it is written; it is zero then
 */
public record Local(int id, String name, Type type, boolean hoisted, Span span) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Local local && local.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }
}
