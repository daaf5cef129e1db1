package dev.ovsm.cli.program;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the phases of a compilation take, in the order in which they first begin. */
public final class Timings {
  private static final double MILLISECOND = 1e6;

  private final Map<String, Long> nanoseconds = new LinkedHashMap<>();
  private @Nullable String phase;
  private long since;

  /** A phase begins; the one before it is over. */
  public void begin(String next) {
    end();
    phase = next;
    since = System.nanoTime();
  }

  /** The last phase is over. */
  public void end() {
    if (phase != null) {
      nanoseconds.merge(phase, System.nanoTime() - since, Long::sum);
      phase = null;
    }
  }

  /** A line for each phase and one for all, in milliseconds. */
  public String table() {
    StringBuilder table = new StringBuilder();
    nanoseconds.forEach((name, time) -> line(table, name, time));
    line(table, "all", nanoseconds.values().stream().mapToLong(Long::longValue).sum());
    return table.toString();
  }

  private static void line(StringBuilder table, String name, long time) {
    table.append(String.format(Locale.ROOT, "%-14s %10.1f ms%n", name, time / MILLISECOND));
  }
}
