package dev.ovsm.cli.run;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes everything on, and remembers which of the planned transactions failed. */
final class Failures implements Listener {
  private final Listener next;
  private final List<@Nullable TransactionError> errors = new ArrayList<>();
  private boolean counts;

  Failures(Listener next) {
    this.next = next;
  }

  /** Begins to remember; what was sent before was not planned. */
  void count() {
    counts = true;
  }

  boolean any() {
    return errors.stream().anyMatch(error -> error != null);
  }

  /** Adds a diagnostic for every failed transaction; {@code calls} are those that were planned. */
  void report(List<Call> calls, Diagnostics found) {
    List<Call> sent =
        calls.stream().sorted(Comparator.comparingLong(Call::slot)).limit(errors.size()).toList();
    for (int i = 0; i < sent.size(); i++) {
      TransactionError error = errors.get(i);
      if (error != null) {
        found.add(
            Diagnostic.in(
                    "--send " + sent.get(i).text(),
                    RunCode.TRANSACTION_FAILED,
                    "the transaction failed: " + Simulation.words(error))
                .withHelp("ovsm run -v shows the whole log"));
      }
    }
  }

  @Override
  public void transaction(long slot, TransactionOutcome outcome) {
    if (counts) {
      errors.add(outcome.error());
    }
    next.transaction(slot, outcome);
  }

  @Override
  public void log(long slot, Pubkey program, String line) {
    next.log(slot, program, line);
  }

  @Override
  public void fate(FateRecord fate) {
    next.fate(fate);
  }

  @Override
  public void slotEnded(SlotReport slot) {
    next.slotEnded(slot);
  }
}
