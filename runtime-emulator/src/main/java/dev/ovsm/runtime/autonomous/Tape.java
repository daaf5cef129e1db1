package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;

/** Takes down what is put into a simulation, and what comes of it, in the order of both. */
interface Tape {
  /** Takes nothing down. */
  Tape BLANK = new Tape() {};

  default void put(Pubkey key, Account account) {}

  /** A program's file that is deployed or upgraded to. */
  default void file(InputTag tag, Pubkey program, byte[] elf) {}

  default void send(Instruction instruction) {}

  default void close(Pubkey program) {}

  default void fault(Pubkey program, long callbacks, Fault fault) {}

  default void lamports(InputTag tag, Pubkey program, long lamports) {}

  default void number(InputTag tag, long value) {}

  default void enter() {}

  default void mark() {}

  default void finish() {}

  /** What came of a trigger. */
  default void fate(FateRecord fate) {}

  /** What came of a user's transaction. */
  default void transaction(TransactionOutcome outcome) {}

  /** Nothing more is taken down of a simulation. */
  default void end(Simulation simulation) {}
}
