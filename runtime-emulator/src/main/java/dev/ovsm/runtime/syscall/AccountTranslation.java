package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.invoke.WorkingAccount;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.sbpf.MemoryMap;
import java.util.ArrayList;
import java.util.List;

/** Pairs the accounts of a call with the account infos that the caller passed along. */
record AccountTranslation(CallLayout layout, Guest guest, InstructionContext callee) {
  /** The accounts that caller and callee share, each once, in the callee's order. */
  List<SharedAccount> translate(long address, long count) {
    InstructionContext caller = guest.instruction();
    boolean is0339 = caller.transaction().environment().features().cpiAccountInfos();
    Slice infos = infos(address, count);
    if (count > Invoke.maxInfos(is0339)) {
      throw Errors.tooLarge(
          "Invoked an instruction with too many account info's", count, Invoke.maxInfos(is0339));
    }
    guest.vm().consume(Invoke.infoUnits(is0339, count));
    Pubkey[] keys = new Pubkey[(int) count];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = guest.key(Guest.u64(infos, i * layout.infoSize()));
    }
    List<SharedAccount> shared = new ArrayList<>();
    for (int i = 0; i < callee.accountCount(); i++) {
      if (callee.firstPosition(i) == i) {
        translate(address, infos, keys, i, shared);
      }
    }
    return shared;
  }

  private Slice infos(long address, long count) {
    int size = layout.infoSize();
    boolean restricted = callee.transaction().environment().features().addressRestrictions();
    long end = address + count * size;
    boolean overflows = count < 0 || count > Long.MAX_VALUE / size || end < address;
    if (restricted && (address < 0 || overflows || end >= MemoryMap.INPUT)) {
      throw Errors.invalidPointer();
    }
    return guest.read(address, count, size, Long.BYTES);
  }

  private void translate(
      long address, Slice infos, Pubkey[] keys, int position, List<SharedAccount> shared) {
    InstructionContext caller = guest.instruction();
    int positionInCaller = caller.positionOf(callee.transactionIndex(position));
    WorkingAccount account = caller.account(positionInCaller);
    if (account.executable()) {
      guest.vm().consume(account.data().length / AccountCheck.BYTES_PER_UNIT);
      return;
    }
    int info = indexOf(keys, account.key());
    if (info < 0) {
      caller.transaction().log().add("Instruction references an unknown account " + account.key());
      throw SyscallFailure.fault(Kind.MISSING_ACCOUNT);
    }
    int at = info * layout.infoSize();
    AccountCheck check = new AccountCheck(guest, caller.place(positionInCaller));
    CallerAccount copy = layout.account(guest, infos, at, address + at, check);
    SharedAccount one =
        new SharedAccount(guest, copy, positionInCaller, callee.isWritable(position));
    if (caller.transaction().environment().features().addressRestrictions()) {
      guest
          .vm()
          .consume(Long.divideUnsigned(Guest.u64(copy.length(), 0), AccountCheck.BYTES_PER_UNIT));
    }
    shared.add(one);
  }

  private static int indexOf(Pubkey[] keys, Pubkey key) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }
}
