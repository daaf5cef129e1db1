package dev.ovsm.runtime.autonomous;

import org.jspecify.annotations.Nullable;

/** Who makes and ends triggers at the moment: a callback, a user's transaction, or neither. */
final class Actor {
  private final long firstSlot;
  private boolean isTransaction;
  private @Nullable Trigger running;
  private long seq;

  /** Nobody yet; programs start in {@code firstSlot}. */
  Actor(long firstSlot) {
    this.firstSlot = firstSlot;
  }

  /** From now on it is a trigger's callback, or a user's transaction if there is none. */
  void begin(@Nullable Trigger trigger) {
    isTransaction = true;
    running = trigger;
    seq = trigger == null ? 0 : trigger.seq;
  }

  /** From now on it is no transaction. */
  void end() {
    isTransaction = false;
    running = null;
    seq = 0;
  }

  /** The number that the trigger had when its callback began; 0 if none runs. */
  long seq() {
    return seq;
  }

  /** Whether it is the callback of a trigger. */
  boolean isOf(Trigger trigger) {
    return running == trigger;
  }

  /** What it is, in a slot. */
  Origin origin(long slot) {
    if (running != null) {
      return Origin.CALLBACK;
    }
    Origin ofUser = slot == firstSlot ? Origin.START_UP : Origin.TRANSACTION;
    return isTransaction ? ofUser : Origin.OUTSIDE;
  }

  /** Who acts on a registration in a slot, for the reason of what becomes of its triggers. */
  String words(Registration concerned, long slot) {
    if (running == null) {
      return switch (origin(slot)) {
        case START_UP -> "a transaction at start-up";
        case TRANSACTION -> "a transaction";
        default -> "a change from outside";
      };
    }
    Registration acting = running.registration;
    return acting == concerned
        ? "its own callback"
        : acting.kind().word() + " " + acting.id + " as trigger " + seq;
  }
}
