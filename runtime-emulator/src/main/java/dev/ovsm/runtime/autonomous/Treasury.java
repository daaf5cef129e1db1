package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves lamports between the payer and what programs have to act with.
 *
 * <p>No lamports are made or lost: what one side gets the other one had.
 */
final class Treasury {
  private final World world;

  Treasury(World world) {
    this.world = world;
  }

  /**
   * Puts lamports of the payer into a program's escrow.
   *
   * @return why not, in a word; empty if it is done
   */
  Optional<String> fund(Pubkey program, long lamports) {
    if (!canPay(lamports)) {
      return refusal(AsyncCode.INVALID_ARGUMENT);
    }
    refund(-lamports);
    world.engine.economy().fund(program, lamports);
    return Optional.empty();
  }

  /** Adds lamports of the payer to a program's stake; why not, as of {@link #fund}. */
  Optional<String> stake(Pubkey program, long lamports) {
    AsyncCode code =
        canPay(lamports)
            ? world.engine.economy().stakes().stake(program, lamports)
            : AsyncCode.INVALID_ARGUMENT;
    if (code == AsyncCode.SUCCESS) {
      refund(-lamports);
    }
    return refusal(code);
  }

  /** Lets lamports of a program's stake go back to the payer, which takes a while. */
  Optional<String> unstake(Pubkey program, long lamports) {
    return refusal(world.engine.economy().stakes().unstake(program, lamports, world.slot));
  }

  /** Gives the payer what of stakes comes back in a slot that begins. */
  void enter() {
    refund(world.engine.economy().stakes().enter(world.slot));
  }

  /** What acting has cost so far, and what programs have to act with. */
  Economics economics() {
    Economy economy = world.engine.economy();
    List<Economics.Holding> programs = new ArrayList<>();
    economy
        .escrows()
        .forEach(
            (program, escrow) ->
                programs.add(
                    new Economics.Holding(
                        program,
                        escrow,
                        world.load(escrow).lamports(),
                        economy.stakes().lamports(program),
                        economy.stakes().reserved().getOrDefault(program, 0L))));
    Triggers triggers = world.engine.triggers();
    Counters counters = triggers.counters();
    long dropped = counters.created() - counters.finals() - triggers.pending();
    long collected = world.load(Economy.COLLECTOR).lamports();
    return new Economics(world.settings.strictEconomics(), collected, dropped, programs);
  }

  private boolean canPay(long lamports) {
    return lamports >= 0 && lamports <= world.load(Simulation.PAYER).lamports();
  }

  private static Optional<String> refusal(AsyncCode code) {
    return code == AsyncCode.SUCCESS ? Optional.empty() : Optional.of(code.name());
  }

  /** Gives the payer lamports that come back to it, or takes some. */
  private void refund(long lamports) {
    if (lamports != 0) {
      Account payer = world.load(Simulation.PAYER);
      world.store(
          Simulation.PAYER, Account.of(payer.lamports() + lamports, payer.data(), payer.owner()));
    }
  }
}
