package dev.ovsm.cli.scenario;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import org.jspecify.annotations.Nullable;

/**
 * An account that a scenario gives a name.
 *
 * @param initial what it is at the start, null if a program makes it
 */
record Role(String name, Pubkey address, Layout layout, @Nullable Account initial) {}
