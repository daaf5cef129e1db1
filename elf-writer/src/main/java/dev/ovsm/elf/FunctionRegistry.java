package dev.ovsm.elf;

import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.sbpf.Program;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the functions of a program under the keys by which calls name them. */
final class FunctionRegistry {
  private static final int ENTRYPOINT = Murmur3.hash(Program.ENTRYPOINT);

  private final SortedMap<Integer, Integer> functions = new TreeMap<>();
  private final Set<Integer> syscalls;

  FunctionRegistry(Set<Integer> syscalls) {
    this.syscalls = syscalls;
  }

  /**
   * Registers the function at a slot and gives its key.
   *
   * @throws Refusal if a syscall or a function at another slot has the key
   */
  int register(String name, int pc) throws Refusal {
    int key = name.equals(Program.ENTRYPOINT) ? ENTRYPOINT : Program.functionKey(pc);
    if (syscalls.contains(key)) {
      throw Refusal.hashCollision(key);
    }
    Integer other = functions.putIfAbsent(key, pc);
    if (other != null && other != pc) {
      throw Refusal.hashCollision(key);
    }
    return key;
  }

  /** Registers the entrypoint, whatever had its key before. */
  void registerEntrypoint(int pc) throws Refusal {
    functions.remove(ENTRYPOINT);
    register(Program.ENTRYPOINT, pc);
  }

  SortedMap<Integer, Integer> functions() {
    return functions;
  }
}
