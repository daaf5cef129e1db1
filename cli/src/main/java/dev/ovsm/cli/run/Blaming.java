package dev.ovsm.cli.run;

import dev.ovsm.cli.failure.Failures;
import dev.ovsm.cli.failure.Told;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Simulation;
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

  private final List<Report> reports;
  private final Set<Told> known = new HashSet<>();
  private @Nullable Simulation simulation;
  private @Nullable Latest latest;
  private int count;

  private record Latest(long slot, TransactionError error, Optional<Told> told) {}

  Blaming(List<Report> reports) {
    this.reports = reports;
  }

  /** What fails from now on, fails in this simulation. */
  void begun(Simulation begun) {
    simulation = begun;
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
    Optional<Told> one = blame.flatMap(it -> Failures.tell(this::file, it, error));
    latest = new Latest(slot, error, one);
    if (blame.isPresent() && one.isPresent() && known.add(one.get())) {
      reports.forEach(report -> report.failed(slot, blame.get().program(), one.get()));
    }
  }

  private Optional<byte[]> file(Pubkey program) {
    return simulation == null ? Optional.empty() : simulation.file(program);
  }
}
