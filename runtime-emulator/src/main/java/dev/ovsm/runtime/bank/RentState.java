package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.sysvar.Rent;

/** Whether a transaction may leave an account with the balance that it does (SIMD-0392). */
final class RentState {
  private RentState() {}

  /**
   * An account may end empty or exempt from rent. One that was below exemption may stay so if it
   * loses no lamports, does not grow and keeps its owner.
   */
  static boolean allows(Rent rent, Account before, Account after) {
    if (after.lamports() == 0 || rent.isExempt(after.lamports(), after.data().length)) {
      return true;
    }
    return before.lamports() != 0
        && Long.compareUnsigned(after.lamports(), before.lamports()) >= 0
        && after.data().length <= before.data().length
        && after.owner().equals(before.owner());
  }
}
