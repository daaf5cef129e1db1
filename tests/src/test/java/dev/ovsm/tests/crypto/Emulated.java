package dev.ovsm.tests.crypto;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.tests.bank.OurFeatures;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import java.util.HexFormat;
import java.util.List;

/** One program in the emulator, to be invoked as in the real VM. */
final class Emulated {
  private static final Pubkey PROGRAM = Pubkey.of(Program.ANY_ID);

  private final Bank bank;

  Emulated(byte[] elf, Features features) {
    bank = new Bank(BankConfig.mainnet().withFeatures(OurFeatures.like(features)));
    bank.addProgram(PROGRAM, elf, ProgramIds.SYSTEM);
  }

  /** Error, compute units, log and return data of an invocation, as text. */
  String invoke(byte[] data, long budget) {
    return text(bank.invoke(new Instruction(PROGRAM, List.of(), data), budget));
  }

  /** Error, compute units, log and return data of a transaction. */
  static String text(TransactionOutcome outcome) {
    TransactionOutcome.ReturnData returned = outcome.returned();
    return text(
        outcome.error() == null ? "null" : outcome.error().json(),
        outcome.units(),
        outcome.logs(),
        returned == null ? new byte[0] : returned.data());
  }

  /** The same of the real VM. */
  static String text(Outcome outcome) {
    return text(
        outcome.errorText(), outcome.computeUnits(), outcome.logs(), outcome.returnedBytes());
  }

  private static String text(String error, long units, List<String> logs, byte[] returned) {
    return String.join("\n", error, Long.toString(units), String.join("\n", logs))
        + "\n"
        + HexFormat.of().formatHex(returned);
  }
}
