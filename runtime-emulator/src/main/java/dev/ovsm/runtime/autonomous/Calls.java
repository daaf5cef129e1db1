package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.sbpf.CostRule;
import dev.ovsm.sbpf.Syscall;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects handlers by hash, putting the charge of a call's cost rule before what it does. */
final class Calls {
  private final SortedMap<Integer, SyscallHandler> handlers = new TreeMap<>();
  private final Engine engine;

  Calls(Engine engine) {
    this.engine = engine;
  }

  /** What a system call does once it is paid for; arguments are those of r1 to r5. */
  @FunctionalInterface
  interface Body {
    long run(Call call, long r1, long r2, long r3, long r4, long r5);
  }

  /** A system call whose cost follows from its registers. */
  Calls add(Syscall syscall, Body body) {
    CostRule cost = syscall.cost();
    handlers.put(
        syscall.hash(),
        (vm, r1, r2, r3, r4, r5) -> {
          vm.consume(cost.exactly(r1, r2, r3, r4, r5).orElse(CostRule.UNBOUNDED));
          return body.run(new Call(engine, vm), r1, r2, r3, r4, r5);
        });
    return this;
  }

  /** A system call that charges its cost itself. */
  Calls addUncharged(Syscall syscall, Body body) {
    handlers.put(
        syscall.hash(),
        (vm, r1, r2, r3, r4, r5) -> body.run(new Call(engine, vm), r1, r2, r3, r4, r5));
    return this;
  }

  SortedMap<Integer, SyscallHandler> handlers() {
    return handlers;
  }
}
