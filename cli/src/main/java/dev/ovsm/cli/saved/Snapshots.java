package dev.ovsm.cli.saved;

import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.diag.Diagnostics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes a snapshot of a run every so many slots, named after its slot. */
public final class Snapshots {
  /** What the name of a snapshot ends with. */
  public static final String SUFFIX = ".snapshot";

  /** No snapshots. */
  public static final Snapshots NONE = new Snapshots(0, null);

  private final long every;
  private final @Nullable Path folder;
  private boolean failed;

  /** One every {@code every} slots after the start, into a folder; none if that is 0 or null. */
  public Snapshots(long every, @Nullable Path folder) {
    this.every = every;
    this.folder = folder;
  }

  /** Whether one could not be written. */
  public boolean failed() {
    return failed;
  }

  /**
   * Writes one if it is time; if that fails, {@code found} says why, once.
   *
   * @param slot and {@code before}: this slot and the one before it, counted from the start
   * @param name the slot's name
   */
  public void take(long slot, long before, long name, Supplier<SavedRun> run, Diagnostics found) {
    if (every != 0 && !failed && slot / every != before / every) {
      takeNow(name, run, found);
    }
  }

  /** Writes one, whatever the time; empty if there is none, and {@code found} may say why. */
  public Optional<Path> takeNow(long name, Supplier<SavedRun> run, Diagnostics found) {
    if (folder == null) {
      return Optional.empty();
    }
    Path file = folder.resolve(name + SUFFIX);
    try {
      run.get().write(file);
      return Optional.of(file);
    } catch (IOException e) {
      failed = true;
      found.add(OutputFile.unwritable(file.toString(), e));
      return Optional.empty();
    }
  }
}
