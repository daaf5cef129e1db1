package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds out which program ran when a line of a log was written.
 *
 * <p>Programs cannot mislead it: all they write has a prefix of its own.
 */
final class LogLines {
  private static final String PREFIX = "Program ";
  private static final String INVOKE = " invoke [";

  private final long slot;
  private final Listener listener;
  private final Deque<Pubkey> running = new ArrayDeque<>();

  private LogLines(long slot, Listener listener) {
    this.slot = slot;
    this.listener = listener;
  }

  /** Tells a listener all lines of a transaction's log. */
  static void tell(List<String> lines, long slot, Listener listener) {
    LogLines log = new LogLines(slot, listener);
    lines.forEach(log::tell);
  }

  private void tell(String line) {
    int invoke = line.indexOf(INVOKE);
    if (line.startsWith(PREFIX) && isEvent(line) && invoke > 0) {
      Pubkey.parse(line.substring(PREFIX.length(), invoke)).ifPresent(running::push);
    }
    Pubkey program = running.isEmpty() ? ProgramIds.SYSTEM : running.peek();
    listener.log(slot, program, line);
    if (isEvent(line) && !running.isEmpty() && ends(line, running.peek())) {
      running.pop();
    }
  }

  /** Whether the runtime itself wrote a line about a program. */
  private static boolean isEvent(String line) {
    return !line.startsWith("Program log: ") && !line.startsWith("Program data: ");
  }

  private static boolean ends(String line, Pubkey program) {
    String name = PREFIX + program;
    return line.equals(name + " success") || line.startsWith(name + " failed: ");
  }
}
