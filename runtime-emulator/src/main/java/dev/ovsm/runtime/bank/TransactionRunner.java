package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.crypto.Ed25519;
import dev.ovsm.runtime.invoke.Hook;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.invoke.Processor;
import dev.ovsm.runtime.invoke.TransactionContext;
import dev.ovsm.runtime.program.Precompile;
import dev.ovsm.runtime.sysvar.Rent;
import dev.ovsm.runtime.transaction.ComputeLimits;
import dev.ovsm.runtime.transaction.Message;
import dev.ovsm.runtime.transaction.Transaction;
import dev.ovsm.runtime.transaction.TransactionCodec;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes one transaction from its message to its outcome. */
final class TransactionRunner {
  private static final long LAMPORTS_PER_SIGNATURE = 5000;

  private final Bank bank;
  private final SlotEnvironment environment;
  private final LogCollector log;

  TransactionRunner(Bank bank, SlotEnvironment environment, LogCollector log) {
    this.bank = bank;
    this.environment = environment;
    this.log = log;
  }

  /**
   * Executes a transaction.
   *
   * @param verify whether its signatures are checked
   */
  TransactionOutcome process(Transaction transaction, boolean verify) {
    Message message = transaction.message();
    if (!message.isSane() || transaction.signatures().size() != message.signatures()) {
      return TransactionOutcome.refused(TransactionError.Kind.SANITIZE_FAILURE);
    }
    AddressTables tables = AddressTables.resolve(message, bank, environment.sysvars().clock());
    if (tables.error() != null) {
      return TransactionOutcome.refused(tables.error());
    }
    LoadedMessage loaded = LoadedMessage.of(message, tables.writable(), tables.readonly());
    if (loaded.repeats()) {
      return TransactionOutcome.refused(TransactionError.Kind.ACCOUNT_LOADED_TWICE);
    }
    if (verify && !isSigned(transaction)) {
      return TransactionOutcome.refused(TransactionError.Kind.SIGNATURE_FAILURE);
    }
    ComputeLimits limits = ComputeLimits.of(message);
    TransactionError error = limits.error();
    if (error != null) {
      return TransactionOutcome.refused(error);
    }
    long fee = fee(message.signatures(), limits.priorityFee());
    Account[] committed = load(loaded);
    error = payerError(committed[0], fee);
    if (error != null) {
      return TransactionOutcome.refused(error);
    }
    Account payer = committed[0].withLamports(committed[0].lamports() - fee);
    Account[] before = committed.clone();
    before[0] = payer;
    int tableCount = message.tables().size();
    TransactionOutcome outcome =
        run(loaded, committed, before, limits, tableCount, fee, null).commit();
    if (!outcome.succeeded()) {
      Hook.Change paid = new Hook.Change(loaded.keys()[0], committed[0], payer);
      bank.commit(List.of(paid), Map.of());
      environment.hook().changed(paid);
    }
    return outcome;
  }

  Invocation invoke(
      PreparedInstruction prepared, long budget, int heapBytes, @Nullable Object cause) {
    ComputeLimits limits =
        new ComputeLimits(budget, heapBytes, 0, ComputeLimits.MAX_LOADED_BYTES, null);
    LoadedMessage message = prepared.message();
    Account[] before = new Account[message.keys().length];
    for (int i = 0; i < before.length; i++) {
      before[i] =
          message.keys()[i].equals(SysvarIds.INSTRUCTIONS)
              ? InstructionsSysvar.account(message)
              : prepared.load(i, bank);
    }
    return run(message, before, before, limits, 0, 0, cause);
  }

  /** Whether every signature is one of the message by its key. */
  private static boolean isSigned(Transaction transaction) {
    byte[] message = TransactionCodec.write(transaction.message());
    for (int i = 0; i < transaction.signatures().size(); i++) {
      byte[] key = transaction.message().keys().get(i).bytes();
      if (!Ed25519.verify(transaction.signatures().get(i), key, message)) {
        return false;
      }
    }
    return true;
  }

  /** The whole fee, or the highest number if it is beyond. */
  private static long fee(int signatures, long priorityFee) {
    long sum = signatures * LAMPORTS_PER_SIGNATURE + priorityFee;
    return Long.compareUnsigned(sum, priorityFee) < 0 ? -1 : sum;
  }

  private Account[] load(LoadedMessage message) {
    Account[] loaded = new Account[message.keys().length];
    for (int i = 0; i < loaded.length; i++) {
      Pubkey key = message.keys()[i];
      loaded[i] =
          key.equals(SysvarIds.INSTRUCTIONS) ? InstructionsSysvar.account(message) : bank.load(key);
    }
    return loaded;
  }

  private @Nullable TransactionError payerError(Account payer, long fee) {
    if (payer.lamports() == 0) {
      return TransactionError.Kind.ACCOUNT_NOT_FOUND;
    }
    if (!payer.owner().equals(ProgramIds.SYSTEM)) {
      return TransactionError.Kind.INVALID_ACCOUNT_FOR_FEE;
    }
    if (Long.compareUnsigned(payer.lamports(), fee) < 0) {
      return TransactionError.Kind.INSUFFICIENT_FUNDS_FOR_FEE;
    }
    Account after = payer.withLamports(payer.lamports() - fee);
    return RentState.allows(environment.sysvars().rent(), payer, after)
        ? null
        : new TransactionError.InsufficientFundsForRent(0);
  }

  private Invocation run(
      LoadedMessage message,
      Account[] committed,
      Account[] before,
      ComputeLimits limits,
      int tables,
      long fee,
      @Nullable Object cause) {
    TransactionContext context =
        new TransactionContext(
            environment, message.keys(), before, limits.units(), limits.heapBytes(), log, cause);
    Hook hook = environment.hook();
    context.hookState(hook.begin(context));
    TransactionError error =
        LoadedSize.exceeds(limits.loadedBytes(), message, tables, before, bank)
            ? TransactionError.Kind.MAX_LOADED_ACCOUNTS_DATA_SIZE_EXCEEDED
            : programError(message, before);
    if (error == null) {
      error = execute(message, context);
    }
    Account[] after = error == null ? after(context) : before;
    if (error == null) {
      error = rentError(message, before, after);
    }
    if (error != null) {
      hook.rollback(context);
      return new Invocation(bank, context, error, limits.units(), fee, List.of());
    }
    List<Hook.Change> changes = changes(message, committed, after);
    return new Invocation(bank, context, null, limits.units(), fee, changes);
  }

  private static @Nullable TransactionError programError(LoadedMessage message, Account[] before) {
    for (LoadedMessage.Call call : message.calls()) {
      Account program = before[call.program()];
      if (program.lamports() == 0) {
        return TransactionError.Kind.PROGRAM_ACCOUNT_NOT_FOUND;
      }
      boolean runs =
          program.owner().equals(ProgramIds.NATIVE_LOADER) || ProgramIds.isLoader(program.owner());
      if (!runs || !program.executable()) {
        return TransactionError.Kind.INVALID_PROGRAM_FOR_EXECUTION;
      }
    }
    return null;
  }

  private static @Nullable TransactionError execute(
      LoadedMessage message, TransactionContext context) {
    for (int index = 0; index < message.calls().size(); index++) {
      LoadedMessage.Call call = message.calls().get(index);
      context.beginTopLevel(index);
      InstructionContext instruction =
          InstructionContext.of(
              context, call.program(), call.accounts(), call.privileges(), call.data());
      Precompile precompile = call.precompile();
      try {
        if (precompile == null) {
          Processor.process(instruction);
        } else {
          List<byte[]> data = message.calls().stream().map(LoadedMessage.Call::data).toList();
          Processor.process(instruction, frame -> precompile.verify(frame.data(), data));
        }
      } catch (InstructionFailure e) {
        return new TransactionError.InstructionFailed(index, e.error());
      }
    }
    return null;
  }

  private static Account[] after(TransactionContext context) {
    Account[] after = new Account[context.accountCount()];
    for (int i = 0; i < after.length; i++) {
      after[i] = context.account(i).after();
    }
    return after;
  }

  private @Nullable TransactionError rentError(
      LoadedMessage message, Account[] before, Account[] after) {
    Rent rent = environment.sysvars().rent();
    for (int i = 0; i < after.length; i++) {
      if (message.writable()[i]
          && !message.keys()[i].equals(ProgramIds.INCINERATOR)
          && !RentState.allows(rent, before[i], after[i])) {
        return new TransactionError.InsufficientFundsForRent(i);
      }
    }
    return null;
  }

  /** What differs from before, the fee included, in the order of the keys. */
  private static List<Hook.Change> changes(
      LoadedMessage message, Account[] committed, Account[] after) {
    List<Hook.Change> changes = new ArrayList<>(1);
    for (int i = 0; i < after.length; i++) {
      Pubkey key = message.keys()[i];
      if (!after[i].equals(committed[i]) && !key.equals(SysvarIds.INSTRUCTIONS)) {
        changes.add(new Hook.Change(key, committed[i], after[i]));
      }
    }
    return changes;
  }
}
