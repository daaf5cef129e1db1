package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.sbpf.Availability;
import dev.ovsm.sbpf.Syscall;
import java.util.SortedMap;

/** The table of Solana's system calls. */
public final class SolanaSyscalls {
  private SolanaSyscalls() {}

  /**
   * The handlers by hash of the system calls that are registered under some features, for machines
   * whose context is the running {@link dev.ovsm.runtime.invoke.InstructionContext}.
   */
  public static SortedMap<Integer, SyscallHandler> handlers(Features features) {
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
    ModularPower.addTo(registry);
    SortedMap<Integer, SyscallHandler> handlers = registry.handlers();
    for (Syscall syscall : Syscall.values()) {
      if (syscall.availability() == Availability.GATED && !features.gated().contains(syscall)) {
        handlers.remove(syscall.hash());
      }
    }
    return handlers;
  }
}
