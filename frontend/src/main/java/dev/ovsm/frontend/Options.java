package dev.ovsm.frontend;

import dev.ovsm.diag.Source;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a compilation can be told.
 *
 * @param name the program's name; by default that of the first source, without folder and suffix
 * @param files finds imported files; by default there are none
 */
public record Options(@Nullable String name, Files files) {
  public static Options defaults() {
    return new Options(null, (importer, path) -> Optional.empty());
  }

  /** The same with another way to find imported files. */
  public Options withFiles(Files other) {
    return new Options(name, other);
  }

  /** Finds the files that sources import. */
  public interface Files {
    /** The file at {@code path} as the source named {@code importer} writes it, if there is one. */
    Optional<Source> load(String importer, String path);
  }
}
