package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Invocation;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.MemoryMap;
import org.jspecify.annotations.Nullable;

/** Runs callbacks in the bank, each in its turn, unless it could be run before. */
final class Turns implements Activation.Runner {
  private final World world;

  /** Null while one thread runs everything. */
  private @Nullable Foresight foresight;

  Turns(World world) {
    this.world = world;
  }

  /** Executes callbacks on so many threads; what comes of them is the same for any number. */
  void onThreads(int threads, long heavy) {
    foresight = threads > 1 ? new Foresight(threads, heavy, world.bank, world::load) : null;
  }

  @Override
  public void expect(Trigger trigger, Iterable<Trigger> upcoming) {
    if (foresight != null) {
      foresight.look(trigger, upcoming);
    }
  }

  @Override
  public void waveEnded() {
    if (foresight != null) {
      foresight.forget();
    }
  }

  @Override
  public Activation run(Trigger trigger) {
    Registration registration = trigger.registration;
    Fault fault = world.faults.next(registration);
    if (fault != null && !(fault instanceof Fault.Rebuffed)) {
      world.faults.suffered(registration);
    }
    if (fault instanceof Fault.Failing || fault instanceof Fault.Locked) {
      return refused(registration.owner.program, fault);
    }
    Invocation invocation = invoke(trigger, fault);
    TransactionOutcome outcome = invocation.commit();
    if (foresight != null && changesPrograms(invocation)) {
      foresight.forget();
    }
    if (world.settings.logs()) {
      LogLines.tell(outcome.logs(), world.slot, world.listener);
    }
    TransactionError error = outcome.error();
    if (error != null && !(fault instanceof Fault.Rebuffed)) {
      blame(trigger, fault, error);
    }
    Activation activation =
        error == null
            ? new Activation(true, outcome.units(), 0, "")
            : new Activation(false, outcome.units(), ErrorText.number(error), ErrorText.of(error));
    world.tally.add(activation);
    return activation;
  }

  private void blame(Trigger trigger, @Nullable Fault fault, TransactionError error) {
    Registration registration = trigger.registration;
    world.blame(registration.prepared(), units(registration, fault), heap(fault), trigger, error);
  }

  private static long units(Registration registration, @Nullable Fault fault) {
    return fault instanceof Fault.Starved starved
        ? Math.min(registration.budget, starved.units())
        : registration.budget;
  }

  private static int heap(@Nullable Fault fault) {
    return fault instanceof Fault.Cramped cramped ? cramped.heap() : MemoryMap.DEFAULT_HEAP_BYTES;
  }

  private Invocation invoke(Trigger trigger, @Nullable Fault fault) {
    Registration registration = trigger.registration;
    long units = units(registration, fault);
    int heap = heap(fault);
    Invocation ahead = foresight == null ? null : foresight.take(trigger, units);
    if (ahead != null && (fault == null || fault instanceof Fault.Starved)) {
      return ahead;
    }
    world.engine.rebuff(fault instanceof Fault.Rebuffed rebuffed ? rebuffed : null);
    Invocation invocation = world.bank.invoke(registration.prepared(), units, heap, trigger);
    if (fault instanceof Fault.Rebuffed && !world.engine.isToRebuff()) {
      world.faults.suffered(registration);
    }
    world.engine.rebuff(null);
    return invocation;
  }

  /** A callback that a fault keeps from being executed, and its log if its program was called. */
  private Activation refused(Pubkey program, Fault fault) {
    TransactionError error = TransactionError.Kind.ACCOUNT_IN_USE;
    if (fault instanceof Fault.Failing failing) {
      error = new TransactionError.InstructionFailed(0, failing.error());
      if (world.settings.logs()) {
        world.listener.log(world.slot, program, "Program " + program + " invoke [1]");
        world.listener.log(
            world.slot, program, "Program " + program + " failed: " + ErrorText.of(error));
      }
    }
    Activation activation = new Activation(false, 0, ErrorText.number(error), ErrorText.of(error));
    world.tally.add(activation);
    return activation;
  }

  private static boolean changesPrograms(Invocation invocation) {
    return invocation.changes().stream()
        .anyMatch(
            change ->
                ProgramIds.isLoader(change.before().owner())
                    || ProgramIds.isLoader(change.after().owner()));
  }
}
