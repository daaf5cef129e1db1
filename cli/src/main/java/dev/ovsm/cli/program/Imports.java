package dev.ovsm.cli.program;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.Options;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds imported files beside the file that imports them; what is no source file is not found. */
final class Imports implements Options.Files {
  @Override
  public Optional<Source> load(String importer, String path) {
    try {
      String file = Path.of(importer).resolveSibling(path).normalize().toString();
      return InputFile.source(file, new Diagnostics());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
