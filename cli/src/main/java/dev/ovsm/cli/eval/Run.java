package dev.ovsm.cli.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a program without accounts ended.
 *
 * @param logs what it wrote, without the runtime's own words
 * @param failure why it did not come to its end, or null
 */
record Run(List<String> logs, @Nullable String failure) {
  Run {
    logs = List.copyOf(logs);
  }
}
