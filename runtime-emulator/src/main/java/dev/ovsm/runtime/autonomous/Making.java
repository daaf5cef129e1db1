package dev.ovsm.runtime.autonomous;

/**
 * By what and when triggers were made; those that one invocation makes share theirs.
 *
 * @param cause the seq of the trigger whose callback made them, 0 if none did
 * @param origin what made them
 * @param slot the slot in which they were made
 */
record Making(long cause, Origin origin, long slot) {}
