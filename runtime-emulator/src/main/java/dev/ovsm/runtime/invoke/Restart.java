package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.vm.SyscallError;

/**
 * Not an error: a handler throws it in a fault to begin the running program anew, in the same
 * invocation with the same meter, heap and input but a zeroed stack.
 *
 * @param context the value of r2; r1 is the input, the other registers are zero
 * @param discriminator what the first eight bytes of the instruction data are from now on
 */
public record Restart(long context, long discriminator) implements SyscallError {
  @Override
  public String text() {
    return "program restarted";
  }
}
