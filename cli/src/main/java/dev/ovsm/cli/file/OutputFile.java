package dev.ovsm.cli.file;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file that a command makes: it appears whole, under its name, or what was there stays. */
public final class OutputFile {
  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString("rw-r--r--");

  private OutputFile() {}

  /**
   * Writes a file, and the folders above it that are missing.
   *
   * @return whether it stands there now; if not, {@code found} says why and nothing has changed
   */
  public static boolean write(String name, byte[] bytes, Diagnostics found) {
    return writeAll(Map.of(name, bytes), found);
  }

  /**
   * Writes files that belong together, and the folders above them that are missing: all of them are
   * on the disk before the first one appears under its name.
   *
   * @param files by their names
   * @return whether they stand there now; if not, {@code found} says why
   */
  public static boolean writeAll(Map<String, byte[]> files, Diagnostics found) {
    Map<Path, Path> finished = new LinkedHashMap<>();
    String current = "";
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        current = file.getKey();
        prepare(current, file.getValue(), finished);
      }
      for (Map.Entry<Path, Path> file : finished.entrySet()) {
        current = String.valueOf(file.getKey());
        Files.move(
            file.getValue(),
            file.getKey(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      return true;
    } catch (IOException | InvalidPathException e) {
      found.add(unwritable(current, e));
      return false;
    } finally {
      finished.values().forEach(OutputFile::discard);
    }
  }

  /** Writes a file under another name beside its own; a device is written to as it is. */
  private static void prepare(String name, byte[] bytes, Map<Path, Path> finished)
      throws IOException {
    if (name.isEmpty()) {
      throw new IOException("a file needs a name");
    }
    Path target = Path.of(name).toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException("this is a folder: " + name);
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      Files.write(target, bytes);
      return;
    }
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, ".ovsm-", ".tmp");
    finished.put(target, temporary);
    Files.write(temporary, bytes);
    permit(temporary);
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // What went wrong before is said already.
    }
  }

  /**
   * What is wrong if a command would write over a file that it reads.
   *
   * @param read by their names, there or not
   * @param made by their names
   */
  public static Optional<Diagnostic> overwriting(Collection<String> read, Collection<String> made) {
    return made.stream()
        .filter(file -> read.stream().anyMatch(one -> isSame(one, file)))
        .findFirst()
        .map(
            file ->
                Diagnostic.in(file, CommandCode.USAGE, file + " is read, and would be written over")
                    .withHelp("write to another file"));
  }

  private static boolean isSame(String one, String other) {
    try {
      return Files.isSameFile(Path.of(one), Path.of(other));
    } catch (IOException | InvalidPathException e) {
      // At least one of them is not there.
      return false;
    }
  }

  /**
   * Makes a folder, and those above it that are missing.
   *
   * @return whether it is there now; if not, {@code found} says why
   */
  public static boolean makeFolder(String name, Diagnostics found) {
    try {
      Files.createDirectories(Path.of(name));
      return true;
    } catch (IOException | InvalidPathException e) {
      found.add(unwritable(name, e));
      return false;
    }
  }

  /** Says that a file or folder cannot be written. */
  public static Diagnostic unwritable(String name, Exception why) {
    String reason = why instanceof IOException io ? InputFile.reason(io) : "no such path";
    return Diagnostic.in(name, CommandCode.UNWRITABLE, "cannot write " + name)
        .withNote(reason)
        .withHelp("free some space, or write to another place");
  }

  /** A temporary file is private to its maker; what a command makes is for everybody to read. */
  private static void permit(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PERMISSIONS);
    }
  }
}
