package dev.ovsm.cli.file;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import java.util.Optional;

/** Where a command's input files come from. */
@FunctionalInterface
public interface FileSource {
  /** The disk. */
  FileSource DISK = InputFile::bytes;

  /** The bytes of a file of at most {@code most} bytes; else empty, and {@code found} says why. */
  Optional<byte[]> bytes(String name, int most, Diagnostics found);

  /** A source file as text; else empty, and {@code found} says why. */
  default Optional<Source> source(String name, Diagnostics found) {
    return bytes(name, InputFile.MOST_SOURCE, found)
        .flatMap(bytes -> InputFile.source(name, bytes, found));
  }
}
