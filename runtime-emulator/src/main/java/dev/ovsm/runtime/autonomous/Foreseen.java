package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.bank.Invocation;
import dev.ovsm.runtime.bank.PreparedInstruction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A callback that is executed before its turn, beside others with which it shares no account that
 * any of them writes.
 *
 * <p>Only what is the same as it would be in its turn is kept: the caller asks {@link #stands}.
 */
final class Foreseen {
  final Trigger trigger;
  final PreparedInstruction instruction;
  final long units;
  final byte[] context;

  /** What came of it; null until it has run, and if it has to wait for its turn after all. */
  @Nullable Invocation invocation;

  Foreseen(Trigger trigger, long units, byte[] context) {
    this.trigger = trigger;
    this.instruction = trigger.registration.prepared();
    this.units = units;
    this.context = context;
  }

  /** Thrown out of an execution that needs what only its turn can give. */
  static final class OutOfTurn extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfTurn() {
      super("a callback has to wait for its turn", null, false, false);
    }
  }

  /** Whether it ran as it would run now. */
  boolean stands(long unitsNow, byte[] contextNow) {
    return invocation != null
        && invocation.isCurrent()
        && instruction == trigger.registration.prepared()
        && units == unitsNow
        && Arrays.equals(context, contextNow);
  }
}
