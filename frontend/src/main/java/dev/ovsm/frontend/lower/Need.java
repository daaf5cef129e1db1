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
}
