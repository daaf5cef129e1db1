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
import dev.ovsm.runtime.invoke.WorkingAccount;
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
    Account[] before = load(loaded);
    error = payerError(before[0], fee);
    if (error != null) {
      return TransactionOutcome.refused(error);
    }
    Account payerBefore = before[0];
    before[0] = payerBefore.withLamports(payerBefore.lamports() - fee);
    TransactionOutcome outcome =
        run(loaded, before, limits, message.tables().size(), fee, null).commit();
    if (!outcome.succeeded()) {
      Hook.Change paid = new Hook.Change(loaded.keys()[0], payerBefore, before[0]);
      bank.commit(List.of(paid), Map.of());
      environment.hook().changed(paid);
    }
    return outcome;
  }

  Invocation invoke(LoadedMessage message, long budget, int heapBytes, @Nullable Object cause) {
    ComputeLimits limits =
        new ComputeLimits(budget, heapBytes, 0, ComputeLimits.MAX_LOADED_BYTES, null);
    return run(message, load(message), limits, 0, 0, cause);
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
    if (error == null) {
      error = rentError(message, context);
    }
    if (error != null) {
      hook.rollback(context);
      return new Invocation(bank, context, error, limits.units(), fee, List.of());
    }
    return new Invocation(bank, context, null, limits.units(), fee, changes(context));
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
    int index = 0;
    List<byte[]> data = message.calls().stream().map(LoadedMessage.Call::data).toList();
    for (LoadedMessage.Call call : message.calls()) {
      context.beginTopLevel(index);
      boolean[] signers = new boolean[call.accounts().length];
      boolean[] writable = new boolean[call.accounts().length];
      for (int i = 0; i < signers.length; i++) {
        signers[i] = message.signer()[call.accounts()[i]];
        writable[i] = message.writable()[call.accounts()[i]];
      }
      InstructionContext instruction =
          InstructionContext.of(
              context, call.program(), call.accounts(), signers, writable, call.data());
      Precompile precompile = Precompile.at(message.keys()[call.program()]);
      try {
        if (precompile == null) {
          Processor.process(instruction);
        } else {
          Processor.process(instruction, frame -> precompile.verify(frame.data(), data));
        }
      } catch (InstructionFailure e) {
        return new TransactionError.InstructionFailed(index, e.error());
      }
      index++;
    }
    return null;
  }

  private @Nullable TransactionError rentError(LoadedMessage message, TransactionContext context) {
    Rent rent = environment.sysvars().rent();
    for (int i = 0; i < message.keys().length; i++) {
      WorkingAccount account = context.account(i);
      if (message.writable()[i]
          && !account.key().equals(ProgramIds.INCINERATOR)
          && !RentState.allows(rent, account.before(), account.after())) {
        return new TransactionError.InsufficientFundsForRent(i);
      }
    }
    return null;
  }

  /** What differs from before, the fee included, in the order of the keys. */
  private List<Hook.Change> changes(TransactionContext context) {
    List<Hook.Change> changes = new ArrayList<>();
    for (int i = 0; i < context.accountCount(); i++) {
      WorkingAccount account = context.account(i);
      Account committed = bank.load(account.key());
      Account after = account.after();
      if (!after.equals(committed) && !account.key().equals(SysvarIds.INSTRUCTIONS)) {
        changes.add(new Hook.Change(account.key(), committed, after));
      }
    }
    return changes;
  }
}
