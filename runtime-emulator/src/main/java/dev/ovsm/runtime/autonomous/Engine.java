package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Hook;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.invoke.TransactionContext;
import dev.ovsm.runtime.sysvar.Clock;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.sbpf.Murmur3;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The autonomous runtime of one bank: its system calls, and what they registered.
 *
 * <p>A transaction's effects on it commit with its effects on accounts, or not at all.
 */
final class Engine implements Hook {
  private static final int SYSTEM_RING_BYTES = 1 << 20;

  private final Settings settings;
  private final Function<Pubkey, Account> accounts;
  private final Journal journal = new Journal();
  private final DeadLetters deadLetters;
  private final Ring systemRing = new Ring(0, Pubkey.of(new byte[Pubkey.BYTES]), SYSTEM_RING_BYTES);
  private final Triggers triggers;
  private final Economy economy;
  private final Registry registry;
  private final Rings rings;
  private final Deployments deployments;
  private final Scheduler scheduler;
  private int deepestTailCall;

  /** What a callee is to answer in the attempt that runs; null if nothing, and once it did. */
  private Fault.@Nullable Rebuffed rebuff;

  /**
   * An engine without registrations.
   *
   * @param accounts the bank's committed accounts, empty ones included
   * @param store changes one of them
   * @param runner executes callbacks in the bank
   * @param fates is told every fate
   * @param charges is told every fee
   * @param dropped is told which dead letters had to make room for later ones
   */
  Engine(
      Settings settings,
      Function<Pubkey, Account> accounts,
      BiConsumer<Pubkey, Account> store,
      Activation.Runner runner,
      Consumer<FateRecord> fates,
      Consumer<Charge> charges,
      Consumer<DeadLetter> dropped) {
    this.settings = settings;
    this.accounts = accounts;
    deadLetters = new DeadLetters(dropped);
    triggers = new Triggers(settings.startSlot(), journal, fates);
    economy = new Economy(settings, accounts, store, charges);
    registry = new Registry(journal, triggers, accounts, economy);
    rings = new Rings(registry, journal);
    deployments = new Deployments(registry, triggers);
    scheduler =
        new Scheduler(
            registry,
            triggers,
            deadLetters,
            accounts,
            runner,
            settings,
            economy.stakes(),
            systemRing);
  }

  Settings settings() {
    return settings;
  }

  Registry registry() {
    return registry;
  }

  Economy economy() {
    return economy;
  }

  Triggers triggers() {
    return triggers;
  }

  Rings rings() {
    return rings;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  Ring systemRing() {
    return systemRing;
  }

  /** The bank's committed accounts, empty ones included. */
  Function<Pubkey, Account> accounts() {
    return accounts;
  }

  /** The longest chain of tail calls so far. */
  int deepestTailCall() {
    return deepestTailCall;
  }

  /** Counts a tail call of a program that has made so many. */
  void calledTail(TransactionState transaction, int depth) {
    if (!transaction.isDryRun) {
      deepestTailCall = Math.max(deepestTailCall, depth);
    }
  }

  /** Begins a slot: users' transactions come next. */
  void enter(long slot) {
    triggers.enter(slot, Wave.TRANSACTIONS);
  }

  /** Takes over what a deployed program declares: its rings and program arrays. */
  void declare(Pubkey program, @Nullable Manifest manifest) {
    Owner owner = registry.owner(program);
    owner.declare(manifest);
    economy.know(program);
    if (manifest != null) {
      for (Manifest.MapSpec map : manifest.maps()) {
        long id = Integer.toUnsignedLong(Murmur3.hash(map.name()));
        if (map.type() == MapHeader.RINGBUF && !owner.rings.containsKey(id)) {
          owner.rings.put(id, new Ring(id, program, ringSize(map.valueBytes())));
        }
      }
    }
  }

  private static int ringSize(long declared) {
    return (int) Math.max(Ring.LEAST_BYTES, Math.min(declared, Ring.MOST_BYTES));
  }

  /** The first slot whose clock is at or past a unix time. */
  long firstSlotAt(long unixTime) {
    long seconds = unixTime - settings.genesisTime();
    if (seconds <= 0) {
      return 0;
    }
    // the clock shows whole seconds, rounded down, and a slot takes two fifths of one
    boolean absurd = seconds > Long.MAX_VALUE / (2 * Clock.SLOT_MILLIS);
    return absurd ? Long.MAX_VALUE : (seconds * 1000 + Clock.SLOT_MILLIS - 1) / Clock.SLOT_MILLIS;
  }

  /** Puts an event on the system ring until it is delivered; false if there is no room. */
  boolean putOnSystemRing(Pubkey source, EventId id, byte[] payload) {
    byte[] record = EventCalls.systemRecord(source, id, payload);
    systemRing.touch(journal);
    long position = systemRing.reserve(record.length);
    if (position == Ring.FULL) {
      return false;
    }
    systemRing.submit(position, record, 0);
    return true;
  }

  /** What is kept for a running transaction. */
  TransactionState state(TransactionContext transaction) {
    if (transaction.hookState() instanceof TransactionState state) {
      return state;
    }
    throw new IllegalStateException("a transaction that the engine did not see begin");
  }

  @Override
  public SortedMap<Integer, SyscallHandler> syscalls() {
    Calls calls = new Calls(this);
    HandleCalls.addTo(calls);
    TimerCalls.addTo(calls);
    WatchCalls.addTo(calls);
    EventCalls.addTo(calls);
    RingCalls.addTo(calls);
    IteratorCalls.addTo(calls);
    ContextCalls.addTo(calls);
    LearningCalls.addTo(calls);
    return calls.handlers();
  }

  @Override
  public Object begin(TransactionContext transaction) {
    if (transaction.cause() instanceof Foreseen foreseen) {
      return new TransactionState(foreseen, triggers.slot());
    }
    boolean isDryRun = transaction.cause() instanceof DryRun;
    Trigger trigger = trigger(transaction.cause());
    registry.begin(trigger);
    return new TransactionState(trigger, isDryRun, triggers.slot());
  }

  private static @Nullable Trigger trigger(@Nullable Object cause) {
    if (cause instanceof DryRun run) {
      return run.trigger();
    }
    return cause instanceof Trigger trigger ? trigger : null;
  }

  /** Lets a callee of the callback that runs next answer what a fault says; null for none. */
  void rebuff(Fault.@Nullable Rebuffed fault) {
    rebuff = fault;
  }

  /** Whether no callee has answered so yet. */
  boolean isToRebuff() {
    return rebuff != null;
  }

  @Override
  public void invoking(InstructionContext callee) {
    TransactionState state = state(callee.transaction());
    long call = state.countCall();
    if (!state.isAhead && rebuff != null && rebuff.call() == call) {
      InstructionFailure failure = new InstructionFailure(rebuff.error());
      rebuff = null;
      throw failure;
    }
  }

  @Override
  public void exiting(InstructionContext instruction) {
    if (state(instruction.transaction()).hasReservations(instruction)) {
      throw InstructionFailure.incomplete("a ring buffer reservation was left open");
    }
  }

  @Override
  public void returned(InstructionContext caller, Pubkey callee, byte[] returnData) {
    if (state(caller.transaction()).isAhead && registry.signals().listensTo(caller.program())) {
      throw new Foreseen.OutOfTurn();
    }
    registry.signals().returned(caller.program(), callee, returnData);
  }

  @Override
  public void derived(InstructionContext instruction, Pubkey address) {
    state(instruction.transaction()).frame(instruction).derived(address);
  }

  @Override
  public void deployed(TransactionContext transaction, Pubkey program) {
    state(transaction).requireTurn();
    journal.onCommit(
        () -> {
          ProgramFile file = ProgramFile.find(program, accounts);
          deployments.upgraded(program, file.manifest(), file.loads());
          declare(program, file.manifest());
        });
  }

  @Override
  public void closed(TransactionContext transaction, Pubkey program) {
    state(transaction).requireTurn();
    state(transaction).close(program);
    journal.onCommit(
        () -> {
          deployments.closed(program);
          rings.closed(program);
          deadLetters.forget(program);
        });
  }

  @Override
  public void commit(TransactionContext transaction, List<Change> changes) {
    TransactionState state = state(transaction);
    if (state.isAhead && state.trigger != null) {
      registry.begin(state.trigger);
    }
    registry.commit(changes);
    economy.committed(changes);
    economy.settle();
  }

  @Override
  public void rollback(TransactionContext transaction) {
    TransactionState state = state(transaction);
    if (state.isDryRun) {
      registry.forget();
      economy.waive();
    } else if (!state.isAhead) {
      registry.rollback();
      economy.settle();
    }
  }

  @Override
  public void changed(Change change) {
    registry.changed(change);
  }
}
