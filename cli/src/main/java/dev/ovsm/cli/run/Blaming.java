package dev.ovsm.cli.run;

import dev.ovsm.cli.failure.Failures;
import dev.ovsm.cli.failure.Told;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.bank.Blame;
import dev.ovsm.runtime.transaction.TransactionError;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells reports where failures come from, those of one kind and place once. */
final class Blaming implements Listener {
  /** Each is executed again for it, and the first ones say most. */
  private static final int MOST = 100;

  private final Failures failures;
  private final List<Report> reports;
  private final Set<Told> known = new HashSet<>();
  private @Nullable Latest latest;
  private int count;

  private record Latest(long slot, TransactionError error, Optional<Told> told) {}

  Blaming(Failures failures, List<Report> reports) {
    this.failures = failures;
    this.reports = reports;
  }

  /** What is known of the last failure, if it was this one. */
  Optional<Told> latest(long slot, TransactionError error) {
    return latest != null && latest.slot == slot && latest.error.equals(error)
        ? latest.told
        : Optional.empty();
  }

  @Override
  public boolean wantsBlame() {
    return count < MOST;
  }

  @Override
  public void blamed(long slot, Optional<Blame> blame, TransactionError error) {
    count++;
    Optional<Told> one = blame.flatMap(it -> failures.tell(it, error));
    latest = new Latest(slot, error, one);
    if (blame.isPresent() && one.isPresent() && known.add(one.get())) {
      reports.forEach(report -> report.failed(slot, blame.get().program(), one.get()));
    }
  }
}
