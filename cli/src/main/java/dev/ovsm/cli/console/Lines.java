package dev.ovsm.cli.console;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The lines of a conversation, one after another; what an interrupt ends is an empty line. */
public sealed interface Lines extends Closeable permits EditedLines, PlainLines {
  /**
   * The next line, which may be several where they are edited together; empty at the end.
   *
   * @param isContinued whether the lines before it are not whole without it
   */
  Optional<String> next(boolean isContinued) throws IOException;

  /** Whether somebody reads along, who wants to be greeted. */
  boolean isConversation();

  /** Lines as they come, without a word about them. */
  static Lines piped(InputStream in) {
    return new PlainLines(in, Optional.empty());
  }

  /**
   * Lines that somebody edits, recalls and completes on the process's terminal; plain ones with
   * prompts where the terminal cannot do that.
   *
   * @param history where lines are kept for the next time
   * @param isUnfinished whether more lines belong to a text
   * @param words what a word may be completed to
   */
  static Lines typed(
      InputStream in,
      PrintWriter out,
      Path history,
      Predicate<String> isUnfinished,
      Supplier<Iterable<String>> words) {
    return EditedLines.open(history, isUnfinished, words)
        .<Lines>map(edited -> edited)
        .orElseGet(() -> new PlainLines(in, Optional.of(out)));
  }
}
