package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;

/**
 * A fee that a program's escrow paid.
 *
 * @param registration the new registration, or the one whose callback emitted; 0 for a user's
 *     transaction
 * @param registrations how many registrations it is for
 * @param events how many emitted events it is for
 * @param lamports what both cost
 */
public record Charge(
    long slot, Pubkey program, long registration, long registrations, long events, long lamports) {}
