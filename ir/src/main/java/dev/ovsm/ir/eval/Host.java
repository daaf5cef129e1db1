package dev.ovsm.ir.eval;

import java.util.List;

/** What a program can ask of its surroundings. */
public interface Host {
  /**
   * Serves a syscall and returns its result.
   *
   * @throws Trap if the syscall does not exist or fails
   */
  long syscall(String name, List<Long> arguments, Memory memory);
}
