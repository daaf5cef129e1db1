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
  private final Deque<Running> running = new ArrayDeque<>();

  /** A program and how the log writes its address. */
  private record Running(Pubkey program, String name) {}

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
      String name = line.substring(PREFIX.length(), invoke);
      Pubkey.parse(name).ifPresent(program -> running.push(new Running(program, name)));
    }
    Pubkey program = running.isEmpty() ? ProgramIds.SYSTEM : running.peek().program();
    listener.log(slot, program, line);
    if (isEvent(line) && !running.isEmpty() && ends(line, running.peek().name())) {
      running.pop();
    }
  }

  /** Whether the runtime itself wrote a line about a program. */
  private static boolean isEvent(String line) {
    return !line.startsWith("Program log: ") && !line.startsWith("Program data: ");
  }

  private static boolean ends(String line, String name) {
    int end = PREFIX.length() + name.length();
    return line.startsWith(name, PREFIX.length())
        && (line.startsWith(" success", end) || line.startsWith(" failed: ", end));
  }
}
