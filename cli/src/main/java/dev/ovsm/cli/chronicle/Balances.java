package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.run.JsonLine;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lamports of accounts that have a name, along a run. */
final class Balances {
  static final int MOST = 32;

  private final List<Purse> purses = new ArrayList<>();
  private final Simulation simulation;

  /** One account. */
  private record Purse(String name, Pubkey address, Series lamports) {}

  /** Balances of the first {@link #MOST} accounts. */
  Balances(Map<String, Pubkey> accounts, Simulation simulation, Axis axis) {
    this.simulation = simulation;
    accounts.entrySet().stream()
        .limit(MOST)
        .forEach(
            account ->
                purses.add(
                    new Purse(
                        account.getKey(), account.getValue(), axis.series(Series.Fold.LAST))));
  }

  /** Notes how they stand now. */
  void note(int place) {
    for (Purse purse : purses) {
      purse.lamports.note(
          place, simulation.account(purse.address).orElse(Account.EMPTY).lamports());
    }
  }

  /** The names, and the numbers along the axis. */
  void forEach(Each each) {
    purses.forEach(purse -> each.take(purse.name, purse.lamports));
  }

  /** Takes one account after the other. */
  interface Each {
    void take(String name, Series lamports);
  }

  String json(int places) {
    return JsonLine.array(
        purses.stream()
            .map(
                purse ->
                    new JsonLine()
                        .put("name", purse.name)
                        .put("address", purse.address.toString())
                        .putRaw("lamports", purse.lamports.json(places))
                        .toString())
            .toList());
  }
}
