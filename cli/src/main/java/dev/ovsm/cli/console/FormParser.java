package dev.ovsm.cli.console;

import java.util.List;
import java.util.function.Predicate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.Parser;

/** Tells the editor where a form is whole and which word the cursor is in. */
final class FormParser implements Parser {
  private static final String BETWEEN = " \t\r\n()[]{}\"'`,;";
  private final Predicate<String> isUnfinished;

  FormParser(Predicate<String> isUnfinished) {
    this.isUnfinished = isUnfinished;
  }

  @Override
  public CompletingParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && isUnfinished.test(line)) {
      throw new EOFError(-1, -1, "the form is not whole");
    }
    int start = Math.min(cursor, line.length());
    int end = start;
    while (start > 0 && BETWEEN.indexOf(line.charAt(start - 1)) < 0) {
      start--;
    }
    while (end < line.length() && BETWEEN.indexOf(line.charAt(end)) < 0) {
      end++;
    }
    return new Word(line, cursor, line.substring(start, end), cursor - start);
  }

  /**
   * The word at the cursor; nothing in it is escaped.
   *
   * @param cursor where in the line
   * @param wordCursor where in the word
   */
  private record Word(String line, int cursor, String word, int wordCursor)
      implements CompletingParsedLine {
    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor;
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }
  }
}
