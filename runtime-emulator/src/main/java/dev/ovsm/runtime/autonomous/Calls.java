package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.CostRule;
import dev.ovsm.sbpf.Syscall;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects handlers by hash, putting the charge of a call's cost rule before what it does. */
final class Calls {
  /** What these calls do concerns nobody but the caller. */
  private static final Set<Syscall> ANY_TIME =
      Set.of(
          Syscall.SOL_GET_SLOT,
          Syscall.SOL_ASYNC_LAST_ERROR,
          Syscall.SOL_GET_TRIGGER_CONTEXT,
          Syscall.SOL_ITER_NUM_NEW,
          Syscall.SOL_ITER_NUM_NEXT,
          Syscall.SOL_ITER_NUM_CURRENT,
          Syscall.SOL_ITER_NUM_DESTROY,
          Syscall.SOL_ML_FORWARD,
          Syscall.SOL_ML_DECISION_TREE);

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
          return body.run(call(syscall, vm), r1, r2, r3, r4, r5);
        });
    return this;
  }

  /** A system call that charges its cost itself. */
  Calls addUncharged(Syscall syscall, Body body) {
    handlers.put(
        syscall.hash(),
        (vm, r1, r2, r3, r4, r5) -> body.run(call(syscall, vm), r1, r2, r3, r4, r5));
    return this;
  }

  private Call call(Syscall syscall, Vm vm) {
    Call call = new Call(engine, vm);
    if (call.transaction.isAhead && !ANY_TIME.contains(syscall)) {
      call.transaction.requireTurn();
    }
    return call;
  }

  SortedMap<Integer, SyscallHandler> handlers() {
    return handlers;
  }
}
