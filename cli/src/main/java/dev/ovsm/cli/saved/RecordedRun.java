package dev.ovsm.cli.saved;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.autonomous.Recorder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The file of a recording: compressed, and under its name only once the run is over. */
public final class RecordedRun {
  /** The most bytes of a recording, before they are compressed. */
  private static final int MOST_BYTES = 1 << 30;

  private final String name;
  private final Path target;
  private final Path temporary;
  private final OutputStream out;
  private final Recorder recorder;

  private RecordedRun(String name, Path target, Path temporary) throws IOException {
    this.name = name;
    this.target = target;
    this.temporary = temporary;
    this.out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(temporary)), 1 << 16);
    this.recorder = new Recorder(out);
  }

  /** A file to record to; empty if there can be none, and {@code found} says why. */
  public static Optional<RecordedRun> to(String name, Diagnostics found) {
    try {
      Path target = Path.of(name).toAbsolutePath();
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        throw new IOException("this is no plain file");
      }
      Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
      return Optional.of(new RecordedRun(name, target, temporary));
    } catch (IOException | InvalidPathException e) {
      found.add(OutputFile.unwritable(name, e));
      return Optional.empty();
    }
  }

  public Recorder recorder() {
    return recorder;
  }

  /** Ends the file; false if it could not be written, and {@code found} says why. */
  public boolean close(boolean isWhole, Diagnostics found) {
    try {
      out.close();
      if (recorder.failure().isPresent()) {
        throw recorder.failure().get();
      }
      if (isWhole) {
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.deleteIfExists(temporary);
      return true;
    } catch (IOException e) {
      found.add(OutputFile.unwritable(name, e));
      return false;
    }
  }

  /** The bytes of a recording; else empty, and {@code found} says why. */
  public static Optional<byte[]> read(String name, Diagnostics found) {
    if (!InputFile.isThere(name, found)) {
      return Optional.empty();
    }
    try (InputStream file = Files.newInputStream(Path.of(name))) {
      return read(name, file, found);
    } catch (IOException e) {
      found.add(InputFile.unreadable(name, e));
      return Optional.empty();
    }
  }

  private static Optional<byte[]> read(String name, InputStream file, Diagnostics found) {
    int most = (int) Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4);
    try (InputStream in = new GZIPInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length <= most) {
        return Optional.of(bytes);
      }
      found.add(refused(name, "it has more than " + most + " bytes"));
    } catch (IOException e) {
      found.add(refused(name, "it is damaged, or ends too early"));
    }
    return Optional.empty();
  }

  /** Says that a recording is none. */
  public static Diagnostic refused(String name, String why) {
    return Diagnostic.in(name, RunCode.NOT_A_RECORDING, name + " is no recording to replay")
        .withNote(why)
        .withHelp("record the run again: ovsm run PROGRAM --record " + name);
  }
}
