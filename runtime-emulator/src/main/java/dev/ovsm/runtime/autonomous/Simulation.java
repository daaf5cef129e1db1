package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.sysvar.Clock;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Interpreter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A bank with the autonomous runtime, from the deployment of programs through any number of slots.
 *
 * <p>What happens is a function of the settings and of what is put in, and in which slot. Memory
 * does not grow with the number of slots.
 */
public final class Simulation {
  /** Who pays for and signs what nobody else does; always has enough. */
  public static final Pubkey PAYER = NamedKey.of("payer");

  /** How many states are kept to go back to. */
  public static final int MOST_MARKS = 64;

  private static final long PAYER_LAMPORTS = 500_000_000_000_000_000L;

  private final dev.ovsm.runtime.vm.Engine machine;
  private final Marks marks = new Marks();
  private final Plans plans = new Plans();
  private int threads = 1;
  private long heavy = Foresight.HEAVY;
  private World world;

  /** A simulation on the interpreter. */
  public Simulation(Settings settings, Listener listener) {
    this(settings, new Interpreter(), listener);
  }

  /** A simulation in its first slot, with nothing but a funded payer. */
  public Simulation(Settings settings, dev.ovsm.runtime.vm.Engine machine, Listener listener) {
    this(new World(settings, settings.startSlot(), machine, listener), machine);
    world.bank.put(PAYER, Account.wallet(PAYER_LAMPORTS));
  }

  private Simulation(World world, dev.ovsm.runtime.vm.Engine machine) {
    this.machine = machine;
    this.world = world;
  }

  /**
   * A simulation that goes on where another one stood between two slots, in this process or in an
   * earlier one.
   */
  public static Resumption resume(
      SavedState saved, dev.ovsm.runtime.vm.Engine machine, Listener listener) {
    try {
      World world = World.read(saved, machine, listener);
      Registry registry = world.engine.registry();
      registry.all().forEach(registry.biographer()::resumed);
      return new Resumption(Optional.of(new Simulation(world, machine)), "");
    } catch (StateReader.Damaged e) {
      return new Resumption(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /** The settings of a saved simulation; empty if they make no sense. */
  public static Optional<Settings> settings(SavedState saved) {
    try {
      return Optional.of(SimulationState.readSettings(new StateReader(saved.settings())));
    } catch (StateReader.Damaged e) {
      return Optional.empty();
    }
  }

  /**
   * What came of an attempt to resume.
   *
   * @param problem why there is no simulation, in a few words
   */
  public record Resumption(Optional<Simulation> simulation, String problem) {}

  /** A failed transaction in the words of a validator. */
  public static String words(TransactionError error) {
    return ErrorText.of(error);
  }

  /** The simulation as it is now, between two slots. */
  public SavedState save() {
    return world.save();
  }

  /** One number for all that decides how it goes on: SHA-256, in hexadecimal. */
  public String stateHash() {
    return SimulationState.hash(world);
  }

  /** Executes callbacks on so many threads; what comes of them is the same for any number. */
  public Simulation onThreads(int count) {
    return onThreads(count, Foresight.HEAVY);
  }

  /** The same; callbacks of fewer than so many units are not handed to other threads. */
  Simulation onThreads(int count, long units) {
    threads = count;
    heavy = units;
    world.turns.onThreads(count, units);
    return this;
  }

  /** Writes down from now on what is put in, and what comes of it. */
  public void record(Recorder to) {
    to.begin(save());
    world.tape = to;
  }

  /** Ends a recording that was begun. */
  public void endRecording() {
    world.tape.end(this);
    world.tape = Tape.BLANK;
  }

  // --- what is put in between two slots

  /** Sets an account from outside; watchers see the change. */
  public void put(Pubkey key, Account account) {
    world.tape.put(key, account);
    world.store(key, account);
  }

  /**
   * Deploys a program and creates the maps that it declares.
   *
   * @return why its file cannot be run, or why its maps cannot be created; empty if all is well
   */
  public Optional<String> deploy(Pubkey program, byte[] elf) {
    world.tape.file(InputTag.DEPLOY, program, elf);
    ProgramFile file = ProgramFile.of(elf);
    if (!file.loads()) {
      return Optional.of("the program's file does not load");
    }
    world.bank.addProgram(program, elf, PAYER);
    world.engine.declare(program, file.manifest());
    return MapCreation.run(world.bank, program, file.manifest());
  }

  /** Executes a user's transaction of one instruction in the current slot. */
  public TransactionOutcome send(Instruction instruction) {
    world.tape.send(instruction);
    return world.execute(instruction);
  }

  /**
   * Plans a user's transaction for a later slot; those of a slot run in the order of planning.
   *
   * @param then is told what came of it
   */
  public void plan(long when, Instruction instruction, Consumer<TransactionOutcome> then) {
    plans.add(when, instruction, then);
  }

  /** Upgrades a program by a transaction of its loader. */
  public TransactionOutcome upgrade(Pubkey program, byte[] elf) {
    world.tape.file(InputTag.UPGRADE, program, elf);
    return world.execute(LoaderCalls.upgrade(world.bank, program, elf));
  }

  /** Closes a program by a transaction of its loader; the runtime frees all that it owns. */
  public TransactionOutcome close(Pubkey program) {
    world.tape.close(program);
    return world.execute(LoaderCalls.close(program));
  }

  /** Lets the next callbacks of a program that a fault concerns suffer it. */
  public void fail(Pubkey program, long callbacks, Fault fault) {
    world.tape.fault(program, callbacks, fault);
    world.faults.begin(program, callbacks, fault);
  }

  /** Queues what a trigger that was given up should have done once more; false if it is unknown. */
  public boolean replayDeadLetter(long seq) {
    world.tape.number(InputTag.REPLAY, seq);
    return world.engine.scheduler().replay(seq);
  }

  /**
   * Puts lamports of the payer into a program's escrow.
   *
   * @return why not, in a word; empty if it is done
   */
  public Optional<String> fund(Pubkey program, long lamports) {
    world.tape.lamports(InputTag.FUND, program, lamports);
    return world.treasury.fund(program, lamports);
  }

  /** Adds lamports of the payer to a program's stake; why not, as of {@link #fund}. */
  public Optional<String> stake(Pubkey program, long lamports) {
    world.tape.lamports(InputTag.STAKE, program, lamports);
    return world.treasury.stake(program, lamports);
  }

  /** Lets lamports of a program's stake go back to the payer, which takes a while. */
  public Optional<String> unstake(Pubkey program, long lamports) {
    world.tape.lamports(InputTag.UNSTAKE, program, lamports);
    return world.treasury.unstake(program, lamports);
  }

  // --- from slot to slot

  /** Goes on to the next slot and processes it. */
  public void step() {
    enter();
    finish();
  }

  /** Goes on to the next slot; what users planned for it is executed. */
  public void enter() {
    world.tape.enter();
    world.enter();
    plans.run(world.slot, this::send);
  }

  /** Lets the callbacks run that are due in the current slot; a second time runs none. */
  public void finish() {
    world.finish();
    world.tape.finish();
  }

  /** Lets the chain skip slots before the next one. */
  public void skip(long count) {
    world.tape.number(InputTag.SKIP, count);
    world.skipped += count;
  }

  /** Keeps the state as it is now, between two slots, for {@link #fork}; the oldest are dropped. */
  public void mark() {
    world.tape.mark();
    marks.keep(world.slot, save());
  }

  /**
   * Takes another branch between two slots: the next slot is the one that was to come anyway, but
   * it follows an earlier one, and those in between were skipped.
   *
   * @return false if no state of a slot up to {@code parent} was kept; then nothing happens
   */
  public boolean fork(long parent) {
    SavedState saved = marks.goBackTo(parent).orElse(null);
    if (saved == null) {
      return false;
    }
    world.tape.number(InputTag.FORK, parent);
    World left = world;
    world = World.read(saved, machine, left.listener);
    world.tape = left.tape;
    world.skipped = left.nextSlot() - world.slot - 1;
    world.turns.onThreads(threads, heavy);
    world.listener.forked(left.slot, world.slot);
    return true;
  }

  /** What it was made with. */
  public Settings settings() {
    return world.settings;
  }

  /** The current slot. */
  public long slot() {
    return world.slot;
  }

  /** The slot that comes next. */
  public long nextSlot() {
    return world.nextSlot();
  }

  /** The slot's clock. */
  public Clock clock() {
    return world.bank.sysvars().clock();
  }

  /** The account at an address, or nothing if it is empty. */
  public Optional<Account> account(Pubkey key) {
    return world.bank.account(key);
  }

  /** All accounts that are not empty, besides those of the chain itself. */
  public Map<Pubkey, Account> accounts() {
    return world.bank.accounts();
  }

  /** The lamports that make an account of a size exempt from rent. */
  public long minimumBalance(int bytes) {
    return world.bank.sysvars().rent().minimumBalance(bytes);
  }

  /** What a deployed program declares of itself, if anything. */
  public Optional<Manifest> manifest(Pubkey program) {
    return Optional.ofNullable(world.engine.registry().owner(program).manifest);
  }

  /** The file of a deployed program as it is now. */
  public Optional<byte[]> file(Pubkey program) {
    return ProgramFile.bytes(program, world::load);
  }

  /** How many callbacks ran so far, those that failed included. */
  public long executions() {
    return world.tally.executions();
  }

  /** Compute units that callbacks consumed so far. */
  public long units() {
    return world.tally.units();
  }

  /** How many callbacks failed so far. */
  public long failures() {
    return world.tally.failures();
  }

  /** How many work items are queued. */
  public long queuedWork() {
    return world.engine.triggers().work();
  }

  /** The longest chain of tail calls so far. */
  public int deepestTailCall() {
    return world.engine.deepestTailCall();
  }

  /** What came of it so far. */
  public Summary summary() {
    long first = world.settings.startSlot() + 1;
    return world.tally.summary(first, world.slot, world.slots, stateHash());
  }

  /** What acting has cost so far, and what programs have to act with. */
  public Economics economics() {
    return world.treasury.economics();
  }

  /** What is registered, and what is known to come of it. */
  public Prospects prospects() {
    return new Prospects(world);
  }
}
