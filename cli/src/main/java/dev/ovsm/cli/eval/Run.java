package dev.ovsm.cli.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a program without accounts ended.
 *
 * @param logs what it wrote, line by line: texts behind {@code log: }, data behind {@code data: }
 * @param failure why it did not come to its end, or null
 */
record Run(List<String> logs, @Nullable String failure) {
  static final String LOG = "log: ";
  static final String DATA = "data: ";

  Run {
    logs = List.copyOf(logs);
  }
}
