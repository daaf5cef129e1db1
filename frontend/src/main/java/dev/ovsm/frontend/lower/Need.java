package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.MapInfo;
import org.jspecify.annotations.Nullable;

/**
 * An account that an entry needs.
 *
 * @param map the map that lives in it, or null
 * @param address its fixed address, or null
 */
record Need(
    String name,
    boolean signer,
    boolean writable,
    @Nullable MapInfo map,
    byte @Nullable [] address) {
  /** From the data of an account's record in the input back to its key. */
  static final int KEY_BEFORE_DATA = 8 - 88;

  /** From an account's record in the input to its key. */
  static final int KEY = 8;

  /** From an account's record to the byte that tells whether it may be written. */
  static final int WRITABLE = 2;
}
