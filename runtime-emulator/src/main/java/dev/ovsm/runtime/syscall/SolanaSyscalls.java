package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.vm.SyscallHandler;
import java.util.SortedMap;

/** The table of Solana's system calls. */
public final class SolanaSyscalls {
  private SolanaSyscalls() {}

  /**
   * The handlers by hash, for machines whose context is the running {@link
   * dev.ovsm.runtime.invoke.InstructionContext}.
   */
  public static SortedMap<Integer, SyscallHandler> handlers() {
    Registry registry = new Registry();
    Logging.addTo(registry);
    MemoryOperations.addTo(registry);
    Addresses.addTo(registry);
    SysvarReads.addTo(registry);
    Returns.addTo(registry);
    Invoke.addTo(registry);
    Hashing.addTo(registry);
    Curves.addTo(registry);
    AltBn128.addTo(registry);
    return registry.handlers();
  }
}
