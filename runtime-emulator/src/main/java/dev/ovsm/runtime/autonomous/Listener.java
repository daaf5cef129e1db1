package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Blame;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.Optional;

/** Is told what happens in a simulation, in the order in which it happens. */
public interface Listener {
  /** Listens to nothing. */
  Listener NONE = new Listener() {};

  /**
   * A line of a transaction's log, exactly as a validator writes it.
   *
   * @param program the program that ran when it was written
   */
  default void log(long slot, Pubkey program, String line) {}

  /** A step in the life of a trigger. */
  default void fate(FateRecord fate) {}

  /**
   * A trigger that was given up can no longer be replayed: too many of its program were given up
   * after it.
   */
  default void letterDropped(long slot, long registration, long seq) {}

  /** Whether {@link #record} and {@link #milestone} are to be told, which costs a little each. */
  default boolean wantsRecords() {
    return false;
  }

  /** A registration came to be, was passed by, or is over. */
  default void milestone(Milestone one) {}

  /** A program put a record on a ring. */
  default void record(RingRecord one) {}

  /** A program paid for registrations or events. */
  default void charged(Charge charge) {}

  /** A user's transaction was executed, its log lines told before. */
  default void transaction(long slot, TransactionOutcome outcome) {}

  /** Whether {@link #blamed} is to be told of the next failure, which is executed again for it. */
  default boolean wantsBlame() {
    return false;
  }

  /**
   * What made a callback or a user's transaction fail, its log lines told before; nothing if it
   * comes of no program's code.
   */
  default void blamed(long slot, Optional<Blame> blame, TransactionError error) {}

  /** What happened after slot {@code parent}, up to {@code slot}, is on a branch that was left. */
  default void forked(long slot, long parent) {}

  /** A slot is over. */
  default void slotEnded(SlotReport report) {}

  /**
   * What callbacks did in a slot.
   *
   * @param executions callbacks that ran
   * @param failures how many of them failed
   * @param units compute units that they consumed
   * @param pending triggers that wait for a later slot
   */
  record SlotReport(long slot, long executions, long failures, long units, long pending) {}
}
