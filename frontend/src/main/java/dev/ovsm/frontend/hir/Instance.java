package dev.ovsm.frontend.hir;

import dev.ovsm.diag.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function for one choice of parameter types; its body is set once, after the calls of a
 * recursive function already refer to it.
 */
public final class Instance {
  private final String name;
  private final List<Local> parameters;
  private final Type result;
  private final Span span;
  private @Nullable Hir body;

  public Instance(String name, List<Local> parameters, Type result, Span span) {
    this.name = name;
    this.parameters = List.copyOf(parameters);
    this.result = result;
    this.span = span;
  }

  public String name() {
    return name;
  }

  public List<Local> parameters() {
    return parameters;
  }

  public Type result() {
    return Type.resolved(result);
  }

  public Span span() {
    return span;
  }

  public Hir body() {
    Hir set = body;
    if (set == null) {
      throw new IllegalStateException("no body yet: " + name);
    }
    return set;
  }

  public void define(Hir value) {
    if (body != null) {
      throw new IllegalStateException("two bodies: " + name);
    }
    body = value;
  }
}
