package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Pubkey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Collects a transaction's log lines up to a number of bytes; one line says that others are
 * missing.
 *
 * <p>The lines are part of the protocol: clients parse them.
 */
public final class LogCollector {
  /** How many bytes of lines a validator keeps. */
  public static final int DEFAULT_LIMIT = 10_000;

  private static final LogCollector SILENT = new LogCollector(-1);
  private static final String TRUNCATED = "Log truncated";

  private final int limit;
  private final List<String> lines = new ArrayList<>();
  private int bytes;
  private boolean truncated;

  private LogCollector(int limit) {
    this.limit = limit;
  }

  /** A collector that keeps lines of at most so many UTF-8 bytes together. */
  public static LogCollector limitedTo(int limit) {
    return new LogCollector(limit);
  }

  /** A collector that keeps nothing and so costs nothing. */
  public static LogCollector silent() {
    return SILENT;
  }

  public List<String> lines() {
    return isOpen() ? List.copyOf(lines) : List.of();
  }

  /** Whether lines are kept at all; ask before composing an expensive one. */
  public boolean isOpen() {
    return limit >= 0;
  }

  public void add(String line) {
    if (!isOpen()) {
      return;
    }
    int more = line.getBytes(StandardCharsets.UTF_8).length;
    if (bytes + more < limit) {
      bytes += more;
      lines.add(line);
    } else if (!truncated) {
      // only the line that does not fit is lost: shorter ones may still follow
      truncated = true;
      lines.add(TRUNCATED);
    }
  }

  void invoke(Pubkey program, int height) {
    if (isOpen()) {
      add("Program " + program + " invoke [" + height + "]");
    }
  }

  void success(Pubkey program) {
    if (isOpen()) {
      add("Program " + program + " success");
    }
  }

  void failure(Pubkey program, String text) {
    if (isOpen()) {
      add("Program " + program + " failed: " + text);
    }
  }

  void consumed(Pubkey program, long used, long budget) {
    if (isOpen()) {
      add("Program " + program + " consumed " + used + " of " + budget + " compute units");
    }
  }

  void returned(Pubkey program, byte[] data) {
    if (isOpen()) {
      add("Program return: " + program + " " + Base64.getEncoder().encodeToString(data));
    }
  }
}
