package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.sysvar.Rent;

/** Whether a transaction may leave an account as it does: with enough for its rent, or nothing. */
final class RentState {
  private RentState() {}

  /**
   * An account may end empty or exempt. One that already was below exemption may stay so, if it
   * gains neither data nor lamports.
   */
  static boolean allows(Rent rent, Account before, Account after) {
    if (after.lamports() == 0 || rent.isExempt(after.lamports(), after.data().length)) {
      return true;
    }
    return before.lamports() != 0
        && !rent.isExempt(before.lamports(), before.data().length)
        && before.data().length == after.data().length
        && Long.compareUnsigned(after.lamports(), before.lamports()) <= 0;
  }
}
