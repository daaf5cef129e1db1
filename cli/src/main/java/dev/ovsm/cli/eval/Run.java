package dev.ovsm.cli.eval;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Failure;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a program without accounts ended.
 *
 * @param logs what it wrote, line by line: texts behind {@code log: }, data behind {@code data: }
 * @param failure why it did not come to its end, or null
 */
record Run(List<String> logs, @Nullable Failed failure) {
  static final String LOG = "log: ";
  static final String DATA = "data: ";

  Run {
    logs = List.copyOf(logs);
  }

  /**
   * A failure.
   *
   * @param place what failed in the user's sources, or null if that is not known
   */
  record Failed(String text, @Nullable Span place) {}

  /**
   * An error in words.
   *
   * @param name what the program calls it; empty if it has no name
   * @param text what the program says of it; empty if it says nothing
   */
  static String words(long code, String name, String text) {
    String number = "error " + Long.toUnsignedString(code);
    if (!name.isEmpty()) {
      return name + " (" + number + ")" + (text.isEmpty() ? "" : ", " + text);
    }
    return Arrays.stream(Failure.values())
        .filter(one -> one.code() == code)
        .findFirst()
        .map(one -> one.text() + " (" + number + ")")
        .orElse(number);
  }
}
