/** The bank: accounts and sysvars of a slot, and the transactions that change them. */
@NullMarked
package dev.ovsm.runtime.bank;

import org.jspecify.annotations.NullMarked;
