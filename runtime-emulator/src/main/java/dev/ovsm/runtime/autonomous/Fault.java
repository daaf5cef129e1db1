package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.InstructionError;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a callback because somebody outside wants it to. */
public sealed interface Fault {
  /** It runs out of compute after so many units. */
  record Starved(long units) implements Fault {}

  /** Its program refuses at once, with an error number of its own. */
  record Failing(long code) implements Fault {
    InstructionError error() {
      return new InstructionError.Custom((int) code);
    }
  }

  /** Another transaction holds an account that it names, so that it is not executed. */
  record Locked(Pubkey account) implements Fault {}

  /** Its heap, and that of programs that it calls, has only so many bytes. */
  record Cramped(int heap) implements Fault {}

  /**
   * The program that it calls with its {@code call}-th call refuses at once, with an error number
   * of its own. A callback that makes fewer calls does not suffer it.
   */
  record Rebuffed(long call, long code) implements Fault {
    InstructionError error() {
      return new InstructionError.Custom((int) code);
    }
  }

  /** Whether it can hit a callback. */
  default boolean concerns(@Nullable Instruction callback) {
    return !(this instanceof Locked locked)
        || (callback != null
            && callback.accounts().stream().anyMatch(meta -> meta.key().equals(locked.account())));
  }
}
