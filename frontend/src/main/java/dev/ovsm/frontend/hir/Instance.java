package dev.ovsm.frontend.hir;

import dev.ovsm.diag.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function for one choice of parameter types; its body is set once, after the calls of a
 * recursive function already refer to it.
 */
public final class Instance {
  private final int source;
  private final String name;
  private final List<Local> parameters;
  private final Type result;
  private final Span span;
  private @Nullable Hir body;

  /**
   * @param source the identity of the lambda that this is a version of
   */
  public Instance(int source, String name, List<Local> parameters, Type result, Span span) {
    this.source = source;
    this.name = name;
    this.parameters = List.copyOf(parameters);
    this.result = result;
    this.span = span;
  }

  /**
   * What makes versions of a function the same once all types are known: the lambda, the parameter
   * types and the result type.
   */
  public List<Object> identity() {
    List<Object> identity = new ArrayList<>();
    identity.add(source);
    parameters.forEach(parameter -> identity.add(Type.closed(parameter.type())));
    identity.add(Type.closed(result));
    return identity;
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
