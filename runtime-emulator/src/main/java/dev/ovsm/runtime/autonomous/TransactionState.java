package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the runtime keeps for a running transaction. */
final class TransactionState {
  static final int MOST_EMISSIONS = 100;

  /** The trigger whose callback this is, or null if a user sent the transaction. */
  final @Nullable Trigger trigger;

  /** Whether it runs before its turn, so that it may change nothing but its accounts. */
  final boolean isAhead;

  /** Whether it runs only to be seen, so that nothing of it may stay. */
  final boolean isDryRun;

  private final long slot;
  private Set<Pubkey> closing = Set.of();
  private List<Frame> frames = List.of();
  private byte @Nullable [] context;
  private int emissions;
  private long calls;

  TransactionState(@Nullable Trigger trigger, boolean isDryRun, long slot) {
    this.trigger = trigger;
    this.slot = slot;
    this.isAhead = false;
    this.isDryRun = isDryRun;
  }

  /** What is kept for a callback that runs before its turn. */
  TransactionState(Foreseen foreseen, long slot) {
    this.trigger = foreseen.trigger;
    this.context = foreseen.context;
    this.slot = slot;
    this.isAhead = true;
    this.isDryRun = false;
  }

  /** Ends what runs before its turn and cannot. */
  void requireTurn() {
    if (isAhead) {
      throw new Foreseen.OutOfTurn();
    }
  }

  Frame frame(InstructionContext instruction) {
    Frame known = known(instruction);
    if (known != null) {
      return known;
    }
    if (frames.isEmpty()) {
      frames = new ArrayList<>(2);
    }
    Frame frame = new Frame(instruction);
    frames.add(frame);
    return frame;
  }

  /** Whether a program leaves reservations open. */
  boolean hasReservations(InstructionContext instruction) {
    Frame known = known(instruction);
    return known != null && !known.reservations.isEmpty();
  }

  private @Nullable Frame known(InstructionContext instruction) {
    for (int i = frames.size() - 1; i >= 0; i--) {
      if (frames.get(i).instruction == instruction) {
        return frames.get(i);
      }
    }
    return null;
  }

  /** Notes that the transaction closes a program. */
  void close(Pubkey program) {
    if (closing.isEmpty()) {
      closing = new LinkedHashSet<>();
    }
    closing.add(program);
  }

  /** Whether the transaction has closed a program. */
  boolean closes(Pubkey program) {
    return closing.contains(program);
  }

  /** Counts a call of another program, and says the how many-th it is. */
  long countCall() {
    return ++calls;
  }

  /** Counts an emission; false if there were too many. */
  boolean mayEmit() {
    if (emissions == MOST_EMISSIONS) {
      return false;
    }
    emissions++;
    return true;
  }

  /** What triggered the callback; empty in a user's transaction, and for programs it invokes. */
  byte[] context(InstructionContext instruction) {
    if (trigger == null || instruction.parent() != null) {
      return Payload.NONE;
    }
    if (context == null) {
      context = Payload.context(trigger, slot);
    }
    return context;
  }
}
