/** Programs called through their IDL by Anchor's own client, on the real Solana VM. */
@NullMarked
package dev.ovsm.tests.anchor;

import org.jspecify.annotations.NullMarked;
