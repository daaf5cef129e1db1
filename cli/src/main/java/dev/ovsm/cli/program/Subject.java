package dev.ovsm.cli.program;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be judged as one program: sources that are compiled together, or a compiled file.
 *
 * @param sources empty unless all of them could be read
 * @param elf the compiled file, if it is one
 */
public record Subject(Outcome outcome, String name, List<Source> sources, Optional<byte[]> elf) {
  public Subject {
    sources = List.copyOf(sources);
  }

  /** Whether the files could be read, and what is in the way if not. */
  public enum Outcome {
    READ,
    /** A file cannot be read. */
    ENVIRONMENT,
    /** A compiled program stands among several files. */
    USAGE,
    /** A file is no text. */
    NOT_A_PROGRAM
  }

  /** Reads files of one program, named after the first. What is wrong is added to {@code found}. */
  public static Subject read(List<String> files, Diagnostics found) {
    String name = files.get(0);
    Outcome outcome = Outcome.READ;
    List<Source> sources = new ArrayList<>();
    for (String file : files) {
      Optional<byte[]> bytes = InputFile.bytes(file, InputFile.MOST_PROGRAM, found);
      if (bytes.isEmpty()) {
        outcome = Outcome.ENVIRONMENT;
      } else if (!ProgramFile.isMeant(file, bytes.get())) {
        Optional<Source> source = InputFile.source(file, bytes.get(), found);
        source.ifPresent(sources::add);
        outcome = source.isEmpty() ? Outcome.NOT_A_PROGRAM : outcome;
      } else if (files.size() == 1) {
        return new Subject(Outcome.READ, name, List.of(), bytes);
      } else {
        found.add(
            Diagnostic.in(file, CommandCode.USAGE, file + " is a program of its own")
                .withHelp("name it alone"));
        return new Subject(Outcome.USAGE, name, List.of(), Optional.empty());
      }
    }
    boolean isRead = outcome == Outcome.READ;
    return new Subject(outcome, name, isRead ? sources : List.of(), Optional.empty());
  }
}
