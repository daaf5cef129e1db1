package dev.ovsm.cli;

import dev.ovsm.cli.history.RunFolder;
import dev.ovsm.cli.saved.Snapshots;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Severity;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a run leaves behind. */
final class KeepOptions {
  private static final String NO_FOLDER = "none";

  @Option(
      names = "--run-folder",
      paramLabel = "FOLDER",
      description =
          "Where a folder for what the run leaves is made, or none (default: ${DEFAULT-VALUE}).")
  private String runFolder = RunFolder.USUAL;

  @Option(
      names = "--snapshot-every",
      paramLabel = "N",
      description = "Save the whole run every N slots, as SLOT.snapshot in the run's folder.")
  private @Nullable Long snapshotEvery;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Write down all that is put into the run, for ovsm replay.")
  private @Nullable String record;

  /** Where the run is to be recorded, or null. */
  @Nullable String record() {
    return record;
  }

  /** What is wrong with a number, or with two options together. */
  Optional<Diagnostic> wrong() {
    if (runFolder.isEmpty()) {
      return Optional.of(
          Diagnostic.in("--run-folder", CommandCode.USAGE, "--run-folder has no name")
              .withHelp("name a folder, or none"));
    }
    if (snapshotEvery != null && runFolder.equals(NO_FOLDER)) {
      return Optional.of(
          Diagnostic.in("--snapshot-every", CommandCode.USAGE, "snapshots have no folder to go to")
              .withHelp("leave out --run-folder none"));
    }
    return ChainOptions.atLeast("--snapshot-every", snapshotEvery == null ? 1 : snapshotEvery, 1);
  }

  /** A fresh folder for the run; without one the run goes on, and says so. */
  Optional<RunFolder> folder(Terminal terminal) {
    if (runFolder.equals(NO_FOLDER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunFolder.create(Path.of(runFolder)));
    } catch (IOException | InvalidPathException e) {
      terminal.report(
          Diagnostic.in(runFolder, CommandCode.UNWRITABLE, "the run leaves no events")
              .withSeverity(Severity.WARNING)
              .withHelp("name another folder with --run-folder, or none"));
      return Optional.empty();
    }
  }

  /** The snapshots of a run in a folder. */
  Snapshots snapshots(Optional<RunFolder> folder) {
    return folder
        .map(one -> new Snapshots(snapshotEvery == null ? 0 : snapshotEvery, one.path()))
        .orElse(Snapshots.NONE);
  }
}
