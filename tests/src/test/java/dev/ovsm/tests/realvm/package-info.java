/** The real Solana VM as an oracle: its process, requests and replies, and counted comparisons. */
@NullMarked
package dev.ovsm.tests.realvm;

import org.jspecify.annotations.NullMarked;
