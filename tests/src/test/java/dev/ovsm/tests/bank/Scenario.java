package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.Comparisons;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** A story of transactions, each with a name of its own, that are known to succeed or to fail. */
final class Scenario {
  private final Ledger ledger;
  private final Set<String> names = new HashSet<>();
  private final Set<String> errors = new TreeSet<>();
  private int refusals;

  Scenario(Ledger ledger) {
    this.ledger = ledger;
  }

  /** A transaction that succeeds. */
  Scenario does(String what, Instruction... instructions) {
    assertThat(names.add(what)).as("another transaction: %s", what).isTrue();
    String error = ledger.send(what, instructions).lastError();
    assertThat(error).as("%s fails: %s", what, ledger.lastLog()).isEqualTo("null");
    return this;
  }

  /** A transaction that fails; the real VM says how. */
  Scenario refuses(String what, Instruction... instructions) {
    assertThat(names.add(what)).as("another transaction: %s", what).isTrue();
    String error = ledger.send(what, instructions).lastError();
    assertThat(error).as("%s succeeds", what).isNotEqualTo("null");
    errors.add(error);
    refusals++;
    return this;
  }

  /** Bytes of an account as they are by now. */
  byte[] data(Pubkey key) {
    return ledger.now(key).data();
  }

  /**
   * Compares all transactions with the real VM's.
   *
   * @param transactions how many there are at least
   * @param refused how many of them fail at least
   * @param kinds with how many different errors
   */
  void compare(Comparisons comparisons, int transactions, int refused, int kinds) {
    ledger.compare(comparisons);
    assertThat(names).hasSizeGreaterThanOrEqualTo(transactions);
    assertThat(refusals).isGreaterThanOrEqualTo(refused);
    assertThat(errors).hasSizeGreaterThanOrEqualTo(kinds);
  }
}
