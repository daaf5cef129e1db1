/** Keys, accounts and the addresses that programs derive. */
@NullMarked
package dev.ovsm.runtime.account;

import org.jspecify.annotations.NullMarked;
