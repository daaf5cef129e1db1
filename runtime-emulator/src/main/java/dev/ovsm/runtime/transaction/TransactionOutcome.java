package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction.
 *
 * @param error null if it succeeded
 * @param units compute units it was charged for
 * @param fee lamports that its payer paid, whether it succeeded or not
 * @param logs empty if they were not collected
 * @param returned what the last program returned, or null
 */
public record TransactionOutcome(
    @Nullable TransactionError error,
    long units,
    long fee,
    List<String> logs,
    @Nullable ReturnData returned) {
  public TransactionOutcome {
    logs = List.copyOf(logs);
  }

  /** Data that a program returned to whoever called it last; not empty. */
  public record ReturnData(Pubkey program, byte[] data) {}

  public boolean succeeded() {
    return error == null;
  }

  /** A transaction refused before anything ran or was paid. */
  public static TransactionOutcome refused(TransactionError error) {
    return new TransactionOutcome(error, 0, 0, List.of(), null);
  }
}
