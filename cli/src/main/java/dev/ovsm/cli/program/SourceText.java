package dev.ovsm.cli.program;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.Disassembly;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text of the sources that a program's line table names, looked for in some folders; only files
 * inside these are read, whatever names a program's file holds.
 */
public final class SourceText implements Disassembly.SourceLines {
  private static final int MOST_FILES = 100;

  private final List<Path> folders;
  private final Map<String, Optional<Source>> files = new HashMap<>();

  /** Looks in these folders, the first first. */
  public SourceText(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  @Override
  public Optional<String> find(String file, int line) {
    if (files.size() == MOST_FILES && !files.containsKey(file)) {
      return Optional.empty();
    }
    return files
        .computeIfAbsent(file, this::read)
        .filter(source -> line <= source.lines())
        .map(source -> source.lineText(line));
  }

  private Optional<Source> read(String file) {
    try {
      Path name = Path.of(file).normalize();
      if (!name.isAbsolute() && !name.startsWith("..")) {
        return folders.stream()
            .map(folder -> folder.resolve(name).toString())
            .flatMap(path -> InputFile.source(path, new Diagnostics()).stream())
            .findFirst();
      }
    } catch (InvalidPathException e) {
      // No file has such a name.
    }
    return Optional.empty();
  }
}
