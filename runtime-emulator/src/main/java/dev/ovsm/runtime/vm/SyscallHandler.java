package dev.ovsm.runtime.vm;

/** What a system call does. */
@FunctionalInterface
public interface SyscallHandler {
  /**
   * Runs the call: charges its own cost with {@link Vm#consume}, reads and writes the program's
   * memory through {@link Vm#memory}.
   *
   * @return the value of r0
   * @throws Fault to end the program; the engine fills in the place
   */
  long call(Vm vm, long r1, long r2, long r3, long r4, long r5);
}
