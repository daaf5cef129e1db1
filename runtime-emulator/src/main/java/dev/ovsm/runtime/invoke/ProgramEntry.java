package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.vm.Executable;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a program account: its code, or that it cannot be run.
 *
 * @param executable null if the program is closed or its code was refused
 * @param effectiveSlot the first slot in which the program can be called
 */
public record ProgramEntry(@Nullable Executable executable, long effectiveSlot) {
  /** A program that cannot be called. */
  public static final ProgramEntry CLOSED = new ProgramEntry(null, 0);

  /** The code to run in a slot, or null if there is none. */
  @Nullable Executable at(long slot) {
    return Long.compareUnsigned(effectiveSlot, slot) <= 0 ? executable : null;
  }
}
