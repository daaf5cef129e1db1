package dev.ovsm.frontend.ast;

import dev.ovsm.diag.Span;
import org.jspecify.annotations.Nullable;

/**
 * A name defined at top level; what it stands for is in {@link Program} under this key.
 *
 * @param id unique in a compilation, so that a program may redefine a library's name
 */
public record Definition(Kind kind, String name, int id, Span span) {
  /** What a top-level name can stand for. */
  public enum Kind {
    FUNCTION("function"),
    CONSTANT("constant"),
    PROGRAM("program"),
    MAP("map"),
    PROGRAM_ARRAY("program array"),
    STRUCT("struct"),
    ENUM("enum"),
    EVENT("event"),
    ERROR("error"),
    SYSCALL("intrinsic");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Definition definition && definition.id == id;
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
