package dev.ovsm.frontend;

import org.jspecify.annotations.Nullable;

/**
 * What a compilation can be told.
 *
 * @param name the program's name; by default that of the first source, without folder and suffix
 */
public record Options(@Nullable String name) {
  public static Options defaults() {
    return new Options(null);
  }
}
