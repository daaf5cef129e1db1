package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.CostRule;
import dev.ovsm.sbpf.Syscall;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects handlers by hash, putting the charge of the call's cost rule before the handler. */
final class Registry {
  private final SortedMap<Integer, SyscallHandler> handlers = new TreeMap<>();

  /** A system call whose cost follows from its registers and is charged before anything else. */
  Registry charged(Syscall syscall, SyscallHandler handler) {
    CostRule cost = syscall.cost();
    if (cost instanceof CostRule.Fixed fixed) {
      long units = fixed.units();
      return plain(
          syscall,
          (vm, r1, r2, r3, r4, r5) -> {
            vm.consume(units);
            return handler.call(vm, r1, r2, r3, r4, r5);
          });
    }
    return plain(
        syscall,
        (vm, r1, r2, r3, r4, r5) -> {
          charge(vm, syscall, r1, r2, r3, r4, r5);
          return handler.call(vm, r1, r2, r3, r4, r5);
        });
  }

  /** Charges what a system call costs with these registers. */
  static void charge(Vm vm, Syscall syscall, long r1, long r2, long r3, long r4, long r5) {
    vm.consume(syscall.cost().exactly(r1, r2, r3, r4, r5).orElse(CostRule.UNBOUNDED));
  }

  /** A system call that charges its cost itself. */
  Registry plain(Syscall syscall, SyscallHandler handler) {
    handlers.put(syscall.hash(), handler);
    return this;
  }

  SortedMap<Integer, SyscallHandler> handlers() {
    return handlers;
  }
}
