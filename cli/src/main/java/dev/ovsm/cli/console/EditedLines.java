package dev.ovsm.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Whole forms that somebody edits on a terminal, over several lines if they take them. */
final class EditedLines implements Lines {
  static final String PROMPT = "ovsm> ";
  static final String MORE = "  ... ";
  private static final int REMEMBERED = 1_000;
  private final Terminal terminal;
  private final LineReader reader;

  EditedLines(
      Terminal terminal,
      Optional<Path> history,
      Predicate<String> isUnfinished,
      Supplier<Iterable<String>> words) {
    this.terminal = terminal;
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("ovsm")
            .terminal(terminal)
            .parser(new FormParser(isUnfinished))
            .completer(
                (line, typed, candidates) -> {
                  for (String word : words.get()) {
                    candidates.add(new Candidate(word));
                  }
                })
            // An exclamation mark is a part of names, not a question to the history.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.HISTORY_SIZE, REMEMBERED)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, MORE);
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    this.reader = builder.build();
  }

  /** On the process's terminal, if lines can be edited there. */
  static Optional<EditedLines> open(
      Path history, Predicate<String> isUnfinished, Supplier<Iterable<String>> words) {
    try {
      Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build();
      return Optional.of(new EditedLines(terminal, kept(history), isUnfinished, words));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** The file if lines can be kept there; they are forgotten else. */
  private static Optional<Path> kept(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      boolean isWritable =
          Files.exists(file)
              ? Files.isRegularFile(file) && Files.isWritable(file)
              : folder != null && Files.isWritable(folder);
      return isWritable ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> next(boolean isContinued) {
    try {
      return Optional.of(reader.readLine(isContinued ? MORE : PROMPT));
    } catch (UserInterruptException e) {
      return Optional.of("");
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isConversation() {
    return true;
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
