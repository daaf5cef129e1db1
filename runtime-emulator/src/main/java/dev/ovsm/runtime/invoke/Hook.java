package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.vm.SyscallHandler;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * What joins the bank from outside: more system calls, and notice of what becomes of invocations.
 *
 * <p>All methods are called on the thread that runs the transaction. What {@link #begin} returns is
 * the transaction's {@link TransactionContext#hookState}, and is handed back at its end.
 */
public interface Hook {
  /** A bank without additions. */
  Hook NONE = new Hook() {};

  /**
   * System calls besides Solana's, by the murmur3 hash of their symbol. Their machine's context is
   * the {@link InstructionContext} that runs.
   */
  default SortedMap<Integer, SyscallHandler> syscalls() {
    return Collections.emptySortedMap();
  }

  /** A transaction is about to run; the result is kept as its hook state. */
  default Object begin(TransactionContext transaction) {
    return this;
  }

  /**
   * A program is about to be invoked by another one; may throw {@link InstructionFailure} to make
   * it fail before it does anything.
   */
  default void invoking(InstructionContext callee) {}

  /**
   * A program is about to return successfully from a frame; may throw {@link InstructionFailure} to
   * make it fail instead.
   */
  default void exiting(InstructionContext instruction) {}

  /** A transaction succeeded; its changes, one for each account that differs, are kept. */
  default void commit(TransactionContext transaction, List<Change> changes) {}

  /** An account changed outside a successful transaction: a fee, or a hand from outside. */
  default void changed(Change change) {}

  /** A transaction failed; nothing it did is kept. */
  default void rollback(TransactionContext transaction) {}

  /** A program that {@code caller} invoked has returned. */
  default void returned(InstructionContext caller, Pubkey callee, byte[] returnData) {}

  /** A program derived an address of its own from seeds. */
  default void derived(InstructionContext instruction, Pubkey address) {}

  /** A program was deployed, upgraded or extended; takes effect with the commit. */
  default void deployed(TransactionContext transaction, Pubkey program) {}

  /** A program was closed; takes effect with the commit. */
  default void closed(TransactionContext transaction, Pubkey program) {}

  /** An account that a transaction changed. */
  record Change(Pubkey key, Account before, Account after) {}
}
