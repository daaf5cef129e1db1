package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;

/**
 * A record that a program put on a ring, once what the program did stands.
 *
 * @param owner the program that owns the ring
 * @param ring its id; of a declared ring, the hash of its name
 */
public record RingRecord(long slot, Pubkey owner, long ring, byte[] data) {}
