package dev.ovsm.tests.benchmark;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.MessageCompiler;
import dev.ovsm.runtime.transaction.Transaction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Transactions to time: one token from an account to another, and calls without accounts. */
final class Transfers {
  private static final Pubkey PAYER = key(1);
  private static final Pubkey MINT = key(2);
  private static final Pubkey FROM = key(3);
  private static final Pubkey TO = key(4);
  private static final long RENT_EXEMPT = 10_000_000;
  private static final long SUPPLY = 1L << 60;
  private static final int DECIMALS = 6;

  private Transfers() {}

  /** A call of a program without accounts and data. */
  static Transaction plain(String program) {
    return transaction(new Instruction(Pubkey.of(program), List.of(), new byte[0]));
  }

  /** A plain transfer of the first token program. */
  static Transaction transfer(String program) {
    return transaction(
        new Instruction(
            Pubkey.of(program),
            List.of(
                AccountMeta.writable(FROM, false),
                AccountMeta.writable(TO, false),
                AccountMeta.readonly(PAYER, true)),
            new ByteWriter().u8(3).u64(1).toBytes()));
  }

  /** A transfer that names mint and decimals, as the second token program wants it. */
  static Transaction transferChecked(String program) {
    return transaction(
        new Instruction(
            Pubkey.of(program),
            List.of(
                AccountMeta.writable(FROM, false),
                AccountMeta.readonly(MINT, false),
                AccountMeta.writable(TO, false),
                AccountMeta.readonly(PAYER, true)),
            new ByteWriter().u8(12).u64(1).u8(DECIMALS).toBytes()));
  }

  /** What the transfers need to be there. */
  static Map<Pubkey, Account> accounts(String program) {
    Pubkey owner = Pubkey.of(program);
    Map<Pubkey, Account> accounts = new LinkedHashMap<>();
    accounts.put(PAYER, Account.wallet(1L << 60));
    accounts.put(MINT, account(owner, mint()));
    accounts.put(FROM, account(owner, tokens(SUPPLY)));
    accounts.put(TO, account(owner, tokens(0)));
    return accounts;
  }

  /** The fee payer as the real VM is told of it. */
  static dev.ovsm.tests.realvm.Account payer() {
    return forRealVm(PAYER, Account.wallet(1L << 60));
  }

  static dev.ovsm.tests.realvm.Account forRealVm(Pubkey key, Account account) {
    return new dev.ovsm.tests.realvm.Account(
        key.toString(),
        account.lamports(),
        account.owner().toString(),
        account.data(),
        account.executable());
  }

  private static byte[] mint() {
    return new ByteWriter()
        .u32(1)
        .key(PAYER)
        .u64(SUPPLY)
        .u8(DECIMALS)
        .u8(1)
        .u32(0)
        .bytes(new byte[Pubkey.BYTES])
        .toBytes();
  }

  private static byte[] tokens(long amount) {
    byte[] none = new byte[4 + Pubkey.BYTES];
    return new ByteWriter()
        .key(MINT)
        .key(PAYER)
        .u64(amount)
        .bytes(none)
        .u8(1)
        .bytes(new byte[4 + 8 + 8])
        .bytes(none)
        .toBytes();
  }

  private static Account account(Pubkey owner, byte[] data) {
    return new Account(RENT_EXEMPT, data, owner, false, Account.EXEMPT_EPOCH);
  }

  private static Transaction transaction(Instruction instruction) {
    var message = MessageCompiler.compile(List.of(instruction), PAYER, key(0));
    return new Transaction(
        Collections.nCopies(message.signatures(), new byte[Transaction.SIGNATURE_BYTES]), message);
  }

  private static Pubkey key(int number) {
    byte[] bytes = new byte[Pubkey.BYTES];
    bytes[0] = 0x55;
    bytes[31] = (byte) number;
    return Pubkey.of(bytes);
  }
}
