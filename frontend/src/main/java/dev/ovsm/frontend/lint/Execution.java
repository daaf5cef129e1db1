package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import java.util.Optional;

/**
 * Code that runs by itself: an entry, or the callback of a registration.
 *
 * @param registration the call that registers the callback, empty for an entry
 */
record Execution(
    String name, Trigger trigger, Ast.Lambda lambda, Optional<Call> registration, Span span) {}
