package dev.ovsm.cli.scenario;

/**
 * In which slots a step happens, counted from the slot of start-up, which is 0.
 *
 * @param every slots between two times; 0 if it happens in {@code from} alone
 */
record Timing(long from, long to, long every) {
  static Timing once(long slot) {
    return new Timing(slot, slot, 0);
  }

  /**
   * The latest slot in which it was due, if that was after {@code last} and not after {@code now};
   * else -1. Slots that the chain skips are made up for in the next.
   */
  long due(long last, long now) {
    long end = Math.min(now, to);
    if (end < from) {
      return -1;
    }
    long latest = every == 0 ? from : from + (end - from) / every * every;
    return latest > last ? latest : -1;
  }
}
