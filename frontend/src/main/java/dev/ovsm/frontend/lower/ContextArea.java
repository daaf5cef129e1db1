package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.AccountInfo;
import dev.ovsm.frontend.hir.MapInfo;

/**
 * The top 4 KiB of the default heap, where an invocation keeps what it knows of its input; the
 * library's {@code runtime.ovsm} fills it and knows the same offsets.
 *
 * @param maps how many maps the program has; fixed accounts come after them
 */
record ContextArea(int maps) {
  static final long ADDRESS = 0x3_0000_7000L;
  static final int INSTRUCTION_DATA = 8;
  static final int INSTRUCTION_LENGTH = 16;
  static final int PROGRAM_ID = 24;

  /** The addresses of the accounts' records, one word each. */
  static final int ACCOUNTS = 2048;

  /** How many maps and fixed accounts a program can have. */
  static final int MOST = 120;

  private static final int PLACES = 32;

  /** Where the address of a map's data stands. */
  int map(MapInfo map) {
    return PLACES + 8 * map.index();
  }

  /** Where the address of a fixed account's record stands. */
  int account(AccountInfo account) {
    return PLACES + 8 * (maps + account.index());
  }
}
