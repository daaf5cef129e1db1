package dev.ovsm.cli.scenario;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account that a scenario gives a name.
 *
 * @param initial what it is at the start, null if a program makes it
 * @param stamps the fields that take the clock's time or the slot of the start
 */
record Role(
    String name,
    Pubkey address,
    Layout layout,
    @Nullable Account initial,
    Map<String, Value.Now> stamps) {
  /** An account that is as its layout makes it. */
  Role(String name, Pubkey address, Layout layout, @Nullable Account initial) {
    this(name, address, layout, initial, layout.stamps());
  }
}
