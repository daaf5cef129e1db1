package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.invoke.Hook;
import dev.ovsm.runtime.invoke.TransactionContext;
import dev.ovsm.runtime.invoke.WorkingAccount;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.transaction.TransactionOutcome.ReturnData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that has run but has not taken effect; a failed one never does.
 *
 * <p>Whoever keeps several at once answers for it that none wrote what another one used.
 */
public final class Invocation {
  private final Bank bank;
  private final TransactionContext context;
  private final TransactionOutcome outcome;
  private final List<Hook.Change> changes;

  Invocation(
      Bank bank,
      TransactionContext context,
      @Nullable TransactionError error,
      long budget,
      long fee,
      List<Hook.Change> changes) {
    this.bank = bank;
    this.context = context;
    this.changes = changes;
    ReturnData returned =
        context.returnData().length == 0
            ? null
            : new ReturnData(context.returnProgram(), context.returnData());
    this.outcome =
        new TransactionOutcome(
            error, budget - context.remaining(), fee, context.log().lines(), returned);
  }

  public TransactionOutcome outcome() {
    return outcome;
  }

  /** Whether no account that it used has changed since it ran. */
  public boolean isCurrent() {
    for (int i = 0; i < context.accountCount(); i++) {
      WorkingAccount account = context.account(i);
      Account now = bank.load(account.key());
      if (!account.key().equals(SysvarIds.INSTRUCTIONS) && !now.equals(account.before())) {
        return false;
      }
    }
    return true;
  }

  /** What a commit will change, in the order of the accounts; empty if it failed. */
  public List<Hook.Change> changes() {
    return changes;
  }

  /** Keeps what a successful transaction changed; to be called once. */
  public TransactionOutcome commit() {
    if (outcome.succeeded()) {
      bank.commit(changes, context.changedPrograms());
      context.environment().hook().commit(context, changes);
    }
    return outcome;
  }

  /** Drops what a successful transaction changed, in place of a commit. */
  public void discard() {
    if (outcome.succeeded()) {
      context.environment().hook().rollback(context);
    }
  }
}
