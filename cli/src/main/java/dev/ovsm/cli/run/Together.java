package dev.ovsm.cli.run;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Charge;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Milestone;
import dev.ovsm.runtime.autonomous.RingRecord;
import dev.ovsm.runtime.bank.Blame;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.List;
import java.util.Optional;

/** Passes what happens on to several listeners, one after the other. */
record Together(List<Listener> listeners) implements Listener {
  @Override
  public void log(long slot, Pubkey program, String line) {
    listeners.forEach(listener -> listener.log(slot, program, line));
  }

  @Override
  public void fate(FateRecord fate) {
    listeners.forEach(listener -> listener.fate(fate));
  }

  @Override
  public void charged(Charge charge) {
    listeners.forEach(listener -> listener.charged(charge));
  }

  @Override
  public void transaction(long slot, TransactionOutcome outcome) {
    listeners.forEach(listener -> listener.transaction(slot, outcome));
  }

  @Override
  public boolean wantsBlame() {
    return listeners.stream().anyMatch(Listener::wantsBlame);
  }

  @Override
  public void blamed(long slot, Optional<Blame> blame, TransactionError error) {
    listeners.forEach(listener -> listener.blamed(slot, blame, error));
  }

  @Override
  public void letterDropped(long slot, long registration, long seq) {
    listeners.forEach(listener -> listener.letterDropped(slot, registration, seq));
  }

  @Override
  public boolean wantsRecords() {
    return listeners.stream().anyMatch(Listener::wantsRecords);
  }

  @Override
  public void record(RingRecord one) {
    listeners.forEach(listener -> listener.record(one));
  }

  @Override
  public void milestone(Milestone one) {
    listeners.forEach(listener -> listener.milestone(one));
  }

  @Override
  public void forked(long slot, long parent) {
    listeners.forEach(listener -> listener.forked(slot, parent));
  }

  @Override
  public void slotEnded(SlotReport report) {
    listeners.forEach(listener -> listener.slotEnded(report));
  }
}
