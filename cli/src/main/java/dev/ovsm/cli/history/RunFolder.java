package dev.ovsm.cli.history;

import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where a run leaves what happened: a folder of its own, numbered from 1. */
public final class RunFolder {
  /** The folder of all runs. */
  public static final String USUAL = "target/run";

  /** One JSON object a line: logs and fates in the order in which they happened. */
  public static final String EVENTS = "events.jsonl";

  /** What came of the run and of each registration, as one JSON object. */
  static final String SUMMARY = "summary.json";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /** A fresh folder below another one, which is made if it is not there. */
  public static RunFolder create(Path parent) throws IOException {
    Files.createDirectories(parent);
    long number = latest(parent).map(RunFolder::number).orElse(OptionalLong.empty()).orElse(0);
    while (true) {
      number++;
      try {
        return new RunFolder(Files.createDirectory(parent.resolve(Long.toString(number))));
      } catch (FileAlreadyExistsException e) {
        // another run took the number; the next is free
      }
    }
  }

  /** A writer of the run's events; empty if there can be none, which is told. */
  public Optional<PrintWriter> events(Consumer<Diagnostic> told) {
    try {
      return Optional.of(
          new PrintWriter(
              Files.newBufferedWriter(path.resolve(EVENTS), StandardCharsets.UTF_8), false));
    } catch (IOException e) {
      told.accept(
          OutputFile.unwritable(path.resolve(EVENTS).toString(), e).withSeverity(Severity.WARNING));
      return Optional.empty();
    }
  }

  public Path path() {
    return path;
  }

  /** The numbered folder with the highest number that holds events. */
  static Optional<Path> latest(Path parent) {
    if (!Files.isDirectory(parent)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(one -> number(one).isPresent() && Files.exists(one.resolve(EVENTS)))
          .max(Comparator.comparingLong(one -> number(one).orElse(0)));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong number(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return name.matches("[1-9][0-9]{0,15}")
        ? OptionalLong.of(Long.parseLong(name))
        : OptionalLong.empty();
  }
}
