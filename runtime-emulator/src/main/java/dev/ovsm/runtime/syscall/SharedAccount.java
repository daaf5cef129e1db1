package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.invoke.WorkingAccount;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.runtime.vm.Access;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import java.util.Arrays;

/**
 * An account that a calling program has a copy of, and that the program it calls sees too.
 *
 * @param position of the account in the caller
 * @param writable whether the callee may have changed it
 */
record SharedAccount(Guest guest, CallerAccount copy, int position, boolean writable) {
  /** Takes over what the caller did to its copy, under the rules that hold at an exit. */
  void giveToCallee() {
    InstructionContext caller = guest.instruction();
    WorkingAccount account = caller.account(position);
    long lamports = Guest.u64(copy.lamports(), 0);
    if (lamports != account.lamports()) {
      caller.setLamports(position, lamports);
    }
    Slice data = copy.data();
    caller.setDataFrom(position, data.bytes(), data.offset(), data.length());
    Slice owner = copy.owner();
    if (!account.owner().matches(owner.bytes(), owner.offset())) {
      caller.setOwner(position, Pubkey.read(owner.bytes(), owner.offset()));
    }
  }

  /** Shows the caller what the callee did. */
  void takeFromCallee() {
    if (!writable) {
      return;
    }
    InstructionContext caller = guest.instruction();
    WorkingAccount account = caller.account(position);
    Guest.u64(copy.lamports(), 0, account.lamports());
    account.owner().write(copy.owner().bytes(), copy.owner().offset());
    byte[] after = account.data();
    long before = Guest.u64(copy.length(), 0);
    int growth = caller.isAligned() ? AccountCheck.MAX_GROWTH : 0;
    if (after.length > copy.originalLength() + growth) {
      caller
          .transaction()
          .log()
          .add("Account data size realloc limited to " + growth + " in inner instructions");
      throw SyscallFailure.fault(Kind.INVALID_REALLOC);
    }
    Slice data = before == after.length ? copy.data() : resized(before, after.length);
    if (data.length() != after.length) {
      throw SyscallFailure.fault(Kind.ACCOUNT_DATA_TOO_SMALL);
    }
    Guest.copy(after, data);
  }

  /**
   * Makes the caller's copy as long as the account is now, zeroing what no longer belongs to it.
   */
  private Slice resized(long before, int after) {
    Slice old = copy.data();
    if (Long.compareUnsigned(after, before) < 0) {
      if (after > old.length()) {
        throw SyscallFailure.fault(Kind.ACCOUNT_DATA_TOO_SMALL);
      }
      Arrays.fill(old.bytes(), old.offset() + after, old.offset() + old.length(), (byte) 0);
    }
    Slice data = guest.write(copy.dataAddress(), after);
    Guest.u64(copy.length(), 0, after);
    Vm vm = guest.vm();
    Slice serialized =
        vm.memory().translate(copy.dataAddress() - Long.BYTES, Long.BYTES, Access.STORE);
    Guest.u64(serialized, 0, after);
    return data;
  }
}
