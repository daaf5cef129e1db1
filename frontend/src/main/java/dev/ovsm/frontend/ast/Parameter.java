package dev.ovsm.frontend.ast;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of a function.
 *
 * @param fallback the value of an optional or keyword parameter that is not passed, null for none
 */
public record Parameter(Variable variable, Kind kind, @Nullable Ast fallback) {
  /** How an argument finds its parameter. */
  public enum Kind {
    REQUIRED,
    OPTIONAL,
    REST,
    KEY
  }
}
