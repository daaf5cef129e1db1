package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * Where a bank keeps the account of one address, so that who uses it often need not look it up.
 *
 * <p>Invariant: a cell without an account is not in the bank any more and never gets one again.
 */
final class Cell {
  @Nullable Account account;

  Cell(Account account) {
    this.account = account;
  }
}
