package dev.ovsm.cli.eval;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.transaction.ComputeLimits;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.List;

/** Runs a program's file on a fresh chain, as one instruction without accounts and data. */
final class Executed {
  private static final String PROGRAM = "Program ";
  private static final String LOG = PROGRAM + Run.LOG;
  private static final String DATA = PROGRAM + Run.DATA;
  private static final String FAILED = " failed: ";

  private Executed() {}

  static Run of(byte[] elf) {
    Pubkey id = NamedKey.ofProgram("expression");
    Bank bank = new Bank(BankConfig.mainnet());
    bank.addProgram(id, elf, ProgramIds.SYSTEM);
    TransactionOutcome outcome =
        bank.invoke(new Instruction(id, List.of(), new byte[0]), ComputeLimits.MAX_UNITS);
    List<String> logs =
        outcome.logs().stream()
            .filter(line -> line.startsWith(LOG) || line.startsWith(DATA))
            .map(line -> line.substring(PROGRAM.length()))
            .toList();
    if (outcome.succeeded()) {
      return new Run(logs, null);
    }
    String last = outcome.logs().isEmpty() ? "" : outcome.logs().get(outcome.logs().size() - 1);
    int at = last.indexOf(FAILED);
    return new Run(
        logs, at < 0 ? String.valueOf(outcome.error()) : last.substring(at + FAILED.length()));
  }
}
