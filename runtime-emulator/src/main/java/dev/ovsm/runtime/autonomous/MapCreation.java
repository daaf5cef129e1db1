package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.Manifest.EntryKind;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ComputeLimits;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls a program's create-maps entry until its maps have grown to their sizes. */
final class MapCreation {
  /** More calls than a map of 10 MiB needs that grows by 10,240 bytes a call. */
  private static final int MOST_CALLS = 1_100;

  private MapCreation() {}

  /** Why the maps could not be created; empty if they were, or there are none. */
  static Optional<String> run(Bank bank, Pubkey program, @Nullable Manifest manifest) {
    Optional<Manifest.Entry> entry =
        Optional.ofNullable(manifest).flatMap(m -> EntryCall.find(m, EntryKind.CREATE_MAPS));
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Instruction call = EntryCall.of(program, entry.get(), new byte[0]);
    long before = -1;
    long size = size(bank, call);
    for (int i = 0; i < MOST_CALLS && size != before; i++) {
      TransactionOutcome outcome = bank.process(List.of(unitLimit(), call), Simulation.PAYER);
      TransactionError error = outcome.error();
      if (error != null) {
        return Optional.of("its maps cannot be created: " + ErrorText.of(error));
      }
      before = size;
      size = size(bank, call);
    }
    return Optional.empty();
  }

  private static Instruction unitLimit() {
    byte[] data = new LittleEndian(5).u8(2).u32(ComputeLimits.MAX_UNITS).bytes();
    return new Instruction(ProgramIds.COMPUTE_BUDGET, List.of(), data);
  }

  private static long size(Bank bank, Instruction call) {
    return call.accounts().stream()
        .map(AccountMeta::key)
        .mapToLong(key -> bank.account(key).map(Account::data).orElse(new byte[0]).length)
        .sum();
  }
}
