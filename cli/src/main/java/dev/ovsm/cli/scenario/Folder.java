package dev.ovsm.cli.scenario;

import dev.ovsm.cli.file.FileSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The folder of a scenario, from which the names of files in it go out. */
record Folder(Path path, FileSource files) {
  /** The folder that a file lies in. */
  static Folder of(String file, FileSource files) {
    Path parent = Path.of(file).getParent();
    return new Folder(parent == null ? Path.of("") : parent, files);
  }

  /** A file by its name in the scenario; as it is if no file can have such a name. */
  String file(String name) {
    try {
      return path.resolve(name).toString();
    } catch (InvalidPathException e) {
      return name;
    }
  }
}
