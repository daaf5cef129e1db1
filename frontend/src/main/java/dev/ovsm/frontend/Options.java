package dev.ovsm.frontend;

import dev.ovsm.diag.Source;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a compilation can be told.
 *
 * @param name the program's name; by default that of the first source, without folder and suffix
 * @param files finds imported files; by default there are none
 * @param debug whether errors that the program raises are logged with their places
 * @param phases is told the name of each phase when it begins
 */
public record Options(@Nullable String name, Files files, boolean debug, Consumer<String> phases) {
  public static Options defaults() {
    return new Options(null, (importer, path) -> Optional.empty(), false, phase -> {});
  }

  /** The same for a program that logs where its errors are raised, or one that does not. */
  public Options withDebug(boolean logs) {
    return new Options(name, files, logs, phases);
  }

  /** The same with somebody who wants to know when phases begin. */
  public Options withPhases(Consumer<String> other) {
    return new Options(name, files, debug, other);
  }

  /** The same with another way to find imported files. */
  public Options withFiles(Files other) {
    return new Options(name, other, debug, phases);
  }

  /** Finds the files that sources import. */
  public interface Files {
    /**
     * Whether a path is that of a source, from the file that imports it. No other file is asked
     * for: its text would be shown where it does not parse.
     */
    static boolean isSource(String path) {
      boolean isAbsolute =
          path.startsWith("/") || path.startsWith("\\") || path.matches("(?s)[A-Za-z]:.*");
      return !isAbsolute && path.endsWith(".ovsm") && path.indexOf('\0') < 0;
    }

    /** The file at {@code path} as the source named {@code importer} writes it, if there is one. */
    Optional<Source> load(String importer, String path);
  }
}
