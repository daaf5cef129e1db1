package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.MapInfo;

/**
 * The top 4 KiB of the default heap, where an invocation keeps what it knows of its input; the
 * library's {@code runtime.ovsm} fills it and knows the same offsets.
 */
final class ContextArea {
  static final long ADDRESS = 0x3_0000_7000L;
  static final int INSTRUCTION_DATA = 8;
  static final int INSTRUCTION_LENGTH = 16;
  static final int PROGRAM_ID = 24;
  private static final int MAPS = 32;
  static final int ACCOUNTS = 0x800;

  private ContextArea() {}

  /** Where the address of a map's data stands. */
  static int map(MapInfo map) {
    return MAPS + 8 * map.index();
  }
}
