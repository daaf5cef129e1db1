package dev.ovsm.cli.run;

import java.io.PrintWriter;

/** A bar on the last line of a terminal that shows how far a run has come; elsewhere nothing. */
public final class Progress {
  /** Fewer slots than this are over before a bar could be read. */
  private static final long LEAST_SLOTS = 1_000;

  private static final int WIDTH = 40;
  private static final int STEPS = 200;

  private final PrintWriter terminal;
  private final boolean isTerminal;
  private final long first;
  private final long slots;
  private long drawn = -1;
  private boolean visible;

  /** A bar for {@code slots} slots after {@code first} on a terminal, if it is one. */
  public Progress(PrintWriter terminal, boolean isTerminal, long first, long slots) {
    this.terminal = terminal;
    this.isTerminal = isTerminal && slots >= LEAST_SLOTS;
    this.first = first;
    this.slots = slots;
  }

  /** Removes the bar so that something else can be written. */
  void clear() {
    if (visible) {
      terminal.print("\r\033[K");
      terminal.flush();
      visible = false;
    }
  }

  /** Draws the bar anew if there is something to see, behind all that {@code out} was told. */
  void reached(long slot, PrintWriter out) {
    long done = slot - first;
    if (!isTerminal || done * STEPS / slots == drawn) {
      return;
    }
    drawn = done * STEPS / slots;
    out.flush();
    int filled = (int) (done * WIDTH / slots);
    terminal.print(
        "\r\033[K["
            + "=".repeat(filled)
            + " ".repeat(WIDTH - filled)
            + "] "
            + done
            + "/"
            + slots
            + " slots");
    terminal.flush();
    visible = true;
  }
}
