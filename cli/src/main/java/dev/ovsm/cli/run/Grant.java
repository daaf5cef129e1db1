package dev.ovsm.cli.run;

import dev.ovsm.runtime.account.Pubkey;

/**
 * What a program gets before it starts.
 *
 * @param text what was asked for, for people
 * @param isStake whether it is staked; else it goes to the escrow
 */
public record Grant(String text, Pubkey program, boolean isStake, long lamports) {}
