package dev.ovsm.cli.program;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.Options;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds imported files beside the file that imports them; what is no source file is not found. */
public final class Imports implements Options.Files {
  private final Map<String, Optional<Source>> asked = new TreeMap<>();

  @Override
  public Optional<Source> load(String importer, String path) {
    try {
      String file = Path.of(importer).resolveSibling(path).normalize().toString();
      Optional<Source> source = isSource(Path.of(file)) ? read(file) : Optional.empty();
      asked.put(file, source);
      return source;
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether a file is one of OVSM, not a link to another: of that nothing is to be seen. */
  private static boolean isSource(Path file) {
    try {
      return Options.Files.isSource(String.valueOf(file.toRealPath().getFileName()));
    } catch (IOException e) {
      return false;
    }
  }

  /** The files that were asked for so far, and what was found of them. */
  Map<String, Optional<Source>> asked() {
    return Collections.unmodifiableMap(asked);
  }

  /** A file as an import finds it. */
  static Optional<Source> read(String file) {
    return InputFile.source(file, new Diagnostics());
  }
}
