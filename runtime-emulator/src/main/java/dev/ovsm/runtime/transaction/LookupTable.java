package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;

/** What a version 0 message takes from one address lookup table: unsigned byte indices. */
public record LookupTable(Pubkey table, byte[] writable, byte[] readonly) {}
