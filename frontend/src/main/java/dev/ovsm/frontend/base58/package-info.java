/** The base58 notation of public keys. */
@NullMarked
package dev.ovsm.frontend.base58;

import org.jspecify.annotations.NullMarked;
