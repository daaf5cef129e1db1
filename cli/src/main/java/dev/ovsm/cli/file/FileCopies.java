package dev.ovsm.cli.file;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files as they were when they were first asked for, whatever becomes of them on the disk. */
public final class FileCopies implements FileSource {
  private final Map<String, byte[]> copies = new TreeMap<>();
  private final boolean isWhole;

  private FileCopies(boolean isWhole) {
    this.isWhole = isWhole;
  }

  /** Copies that are made as files are asked for. */
  public static FileCopies fromDisk() {
    return new FileCopies(false);
  }

  /** Copies that were made earlier; there are no others. */
  public static FileCopies of(Map<String, byte[]> earlier) {
    FileCopies files = new FileCopies(true);
    files.copies.putAll(earlier);
    return files;
  }

  /** All copies by the names of their files. */
  public Map<String, byte[]> all() {
    return Collections.unmodifiableMap(copies);
  }

  @Override
  public Optional<byte[]> bytes(String name, int most, Diagnostics found) {
    byte[] copy = copies.get(name);
    if (copy != null && copy.length <= most) {
      return Optional.of(copy);
    }
    if (isWhole) {
      found.add(
          Diagnostic.in(name, CommandCode.MISSING_FILE, "the snapshot has no copy of " + name)
              .withHelp("start the run anew"));
      return Optional.empty();
    }
    Optional<byte[]> bytes = InputFile.bytes(name, most, found);
    bytes.ifPresent(one -> copies.put(name, one));
    return bytes;
  }
}
