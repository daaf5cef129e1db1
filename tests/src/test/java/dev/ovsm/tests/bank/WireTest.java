package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.LookupTable;
import dev.ovsm.runtime.transaction.Message;
import dev.ovsm.runtime.transaction.MessageCompiler;
import dev.ovsm.runtime.transaction.Transaction;
import dev.ovsm.runtime.transaction.TransactionCodec;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.TransactionRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged bytes of transactions are refused, or executed, as the real VM does it. */
@ComparedWithRealVm(minimum = 400)
class WireTest {
  private static final int TRANSACTIONS = Integer.getInteger("calls", 400);
  private static final Pubkey PAYER = Ledger.key(1);
  private static final long LAMPORTS = 1_000_000_000;
  private static final String MALFORMED = "malformed";

  private final Random random = new Random(Long.getLong("seed", 0));

  @Test
  void equalsTheRealVm(RealVm vm, Comparisons comparisons) {
    int malformed = 0;
    for (int i = 0; i < TRANSACTIONS; i++) {
      byte[] bytes = damaged(whole());
      String ours = ours(bytes);
      comparisons.equal("transaction " + i, ours, real(vm, bytes));
      malformed += ours.equals(MALFORMED) ? 1 : 0;
    }
    assertThat(malformed).isBetween(TRANSACTIONS / 10, 3 * TRANSACTIONS / 4);
  }

  private byte[] whole() {
    Bank bank = new Bank(Ledger.config());
    byte[] data = new ByteWriter().u32(2).u64(1000).toBytes();
    Instruction transfer =
        new Instruction(
            ProgramIds.SYSTEM,
            List.of(
                AccountMeta.writable(PAYER, true),
                AccountMeta.writable(Ledger.key(2), random.nextBoolean())),
            data);
    List<Instruction> all = random.nextBoolean() ? List.of(transfer) : List.of(transfer, transfer);
    Message legacy = MessageCompiler.compile(all, PAYER, bank.sysvars().blockhash());
    List<LookupTable> tables =
        random.nextInt(4) > 0
            ? List.of()
            : List.of(new LookupTable(Ledger.key(3), new byte[] {1}, new byte[] {2}));
    Message message =
        random.nextBoolean()
            ? legacy
            : new Message(
                true,
                legacy.signatures(),
                legacy.readonlySigned(),
                legacy.readonlyUnsigned(),
                legacy.keys(),
                legacy.blockhash(),
                legacy.instructions(),
                tables);
    List<byte[]> signatures = Collections.nCopies(message.signatures(), new byte[64]);
    return TransactionCodec.write(new Transaction(signatures, message));
  }

  /** Changes bytes outside of keys and signatures, where every one means something. */
  private byte[] damaged(byte[] whole) {
    byte[] bytes = whole.clone();
    int begin = 1 + Transaction.SIGNATURE_BYTES * bytes[0];
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> begin + random.nextInt(5);
            default -> bytes.length - 1 - random.nextInt(60);
          };
      bytes[at] =
          (byte) (random.nextBoolean() ? bytes[at] + random.nextInt(3) - 1 : random.nextInt());
    }
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(3));
      default -> bytes;
    };
  }

  private static String ours(byte[] bytes) {
    Bank bank = new Bank(Ledger.config());
    bank.put(PAYER, Account.wallet(LAMPORTS));
    return TransactionCodec.read(bytes)
        .map(transaction -> text(bank.process(transaction)))
        .orElse(MALFORMED);
  }

  private static String text(TransactionOutcome outcome) {
    String error = outcome.error() == null ? "null" : outcome.error().json();
    return same(error) + " " + outcome.units() + " " + outcome.logs();
  }

  /** A program that is not there is one that is none to the library, but not to a cluster. */
  private static String same(String error) {
    return error.replace("ProgramAccountNotFound", "InvalidProgramForExecution");
  }

  private static String real(RealVm vm, byte[] bytes) {
    dev.ovsm.tests.realvm.Account payer =
        dev.ovsm.tests.realvm.Account.of(
            PAYER.toString(), LAMPORTS, ProgramIds.SYSTEM.toString(), new byte[0]);
    TransactionRequest request =
        TransactionRequest.of(
            List.of(),
            List.of(),
            List.of(payer),
            List.of(TransactionRequest.Transaction.raw(bytes, List.of())));
    try {
      var outcome = vm.send(request).get(0);
      return same(outcome.errorText()) + " " + outcome.computeUnits() + " " + outcome.logs();
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).startsWith("malformed transaction")) {
        return MALFORMED;
      }
      throw e;
    }
  }
}
