/** Transactions as they travel: messages, instructions, their codecs, limits and errors. */
@NullMarked
package dev.ovsm.runtime.transaction;

import org.jspecify.annotations.NullMarked;
