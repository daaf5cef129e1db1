package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.bank.Invocation;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.sysvar.Clock;
import dev.ovsm.runtime.sysvar.EpochSchedule;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.sbpf.MemoryMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

  private final Settings settings;
  private final Listener listener;
  private final dev.ovsm.runtime.vm.Engine machine;
  private final Tally tally = new Tally();
  private final TreeMap<Long, SavedState> marks = new TreeMap<>();
  private Engine engine;
  private Bank bank;
  private Faults faults = new Faults();
  private final TreeMap<Long, List<Plan>> planned = new TreeMap<>();
  private long slot;
  private long slots;
  private int threads = 1;
  private long skipped;
  private @Nullable Recorder recorder;
  private @Nullable Foresight foresight;

  /** A simulation on the interpreter. */
  public Simulation(Settings settings, Listener listener) {
    this(settings, new Interpreter(), listener);
  }

  /** A simulation in its first slot, with nothing but a funded payer. */
  public Simulation(Settings settings, dev.ovsm.runtime.vm.Engine machine, Listener listener) {
    this(settings, settings.startSlot(), machine, listener);
    bank.put(PAYER, Account.wallet(PAYER_LAMPORTS));
  }

  private Simulation(
      Settings settings, long slot, dev.ovsm.runtime.vm.Engine machine, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    this.machine = machine;
    this.slot = slot;
    this.engine = emptyEngine();
    this.bank = emptyBank(slot, engine);
    engine.enter(slot);
  }

  private Engine emptyEngine() {
    Engine empty =
        new Engine(
            settings,
            this::load,
            this::store,
            new Turns(),
            this::told,
            listener::charged,
            this::dropped);
    if (listener.wantsRecords()) {
      empty.rings().tellTo(listener::record);
    }
    return empty;
  }

  private Bank emptyBank(long first, Engine hook) {
    return new Bank(
        BankConfig.mainnet()
            .withEpochSchedule(EpochSchedule.ofLength(settings.slotsPerEpoch()))
            .withGenesisTime(settings.genesisTime())
            .withStartSlot(first)
            .withEngine(machine)
            .withLogLimit(settings.logs() ? LogCollector.DEFAULT_LIMIT : 0)
            .withHook(hook));
  }

  /**
   * A simulation that goes on where another one stood between two slots, in this process or in an
   * earlier one.
   */
  public static Resumption resume(
      SavedState saved, dev.ovsm.runtime.vm.Engine machine, Listener listener) {
    try {
      Settings settings = SimulationState.readSettings(new StateReader(saved.settings()));
      StateReader tally = new StateReader(saved.tally());
      long slot = tally.number(settings.startSlot(), 1L << 54, "a slot");
      Simulation simulation = new Simulation(settings, slot, machine, listener);
      simulation.slots = tally.number(0, slot, "a number of slots");
      simulation.tally.read(tally);
      tally.end();
      simulation.skipped =
          SimulationState.read(
              new StateReader(saved.state()),
              simulation.bank,
              simulation.engine,
              simulation.faults);
      StateReader.require(simulation.engine.triggers().slot() == slot, "slots differ");
      return new Resumption(Optional.of(simulation), "");
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

  /** The simulation as it is now, between two slots. */
  public SavedState save() {
    return new SavedState(
        StateWriter.bytesOf(out -> SimulationState.write(settings, out)),
        StateWriter.bytesOf(out -> SimulationState.write(bank, engine, faults, skipped, out)),
        StateWriter.bytesOf(
            out -> {
              out.u64(slot).u64(slots);
              tally.write(out);
            }));
  }

  /** One number for all that decides how it goes on: SHA-256, in hexadecimal. */
  public String stateHash() {
    return SimulationState.hash(bank, engine, faults, skipped);
  }

  /** What it was made with. */
  public Settings settings() {
    return settings;
  }

  /** The current slot. */
  public long slot() {
    return slot;
  }

  /** The account at an address, or nothing if it is empty. */
  public Optional<Account> account(Pubkey key) {
    return bank.account(key);
  }

  /** All accounts that are not empty, besides those of the chain itself. */
  public Map<Pubkey, Account> accounts() {
    return bank.accounts();
  }

  /** Writes down from now on what is put in, and what comes of it. */
  public void record(Recorder to) {
    to.begin(save());
    recorder = to;
  }

  /** Ends a recording that was begun. */
  public void endRecording() {
    if (recorder != null) {
      recorder.end(this);
      recorder = null;
    }
  }

  /** Sets an account from outside; watchers see the change. */
  public void put(Pubkey key, Account account) {
    if (recorder != null) {
      recorder.put(key, account);
    }
    bank.put(key, account);
  }

  /**
   * Deploys a program and creates the maps that it declares.
   *
   * @return why its file cannot be run, or why its maps cannot be created; empty if all is well
   */
  public Optional<String> deploy(Pubkey program, byte[] elf) {
    if (recorder != null) {
      recorder.file(InputTag.DEPLOY, program, elf);
    }
    ProgramFile file = ProgramFile.of(elf);
    if (!file.loads()) {
      return Optional.of("the program's file does not load");
    }
    bank.addProgram(program, elf, PAYER);
    engine.declare(program, file.manifest());
    return MapCreation.run(bank, program, file.manifest());
  }

  /** What a deployed program declares of itself, if anything. */
  public Optional<Manifest> manifest(Pubkey program) {
    return Optional.ofNullable(engine.registry().owner(program).manifest);
  }

  /** Executes a user's transaction of one instruction in the current slot. */
  public TransactionOutcome send(Instruction instruction) {
    if (recorder != null) {
      recorder.send(instruction);
    }
    return execute(instruction);
  }

  private TransactionOutcome execute(Instruction instruction) {
    TransactionOutcome outcome = bank.process(List.of(instruction), PAYER);
    LogLines.tell(outcome.logs(), slot, listener);
    listener.transaction(slot, outcome);
    if (recorder != null) {
      TransactionError error = outcome.error();
      recorder.told().transaction(outcome.units(), error == null ? "" : ErrorText.of(error));
    }
    return outcome;
  }

  /**
   * Plans a user's transaction for a later slot; those of a slot run in the order of planning.
   *
   * @param then is told what came of it
   */
  public void plan(long when, Instruction instruction, Consumer<TransactionOutcome> then) {
    planned.computeIfAbsent(when, s -> new ArrayList<>()).add(new Plan(instruction, then));
  }

  private record Plan(Instruction instruction, Consumer<TransactionOutcome> then) {}

  /** Goes on to the next slot and processes it. */
  public void step() {
    enter();
    finish();
  }

  /** Goes on to the next slot; what users planned for it is executed. */
  public void enter() {
    if (recorder != null) {
      recorder.enter();
    }
    slot = nextSlot();
    skipped = 0;
    slots++;
    bank.advanceTo(slot);
    engine.enter(slot);
    pay(engine.economy().stakes().enter(slot));
    while (!planned.isEmpty() && planned.firstKey() <= slot) {
      for (Plan plan : planned.pollFirstEntry().getValue()) {
        plan.then.accept(send(plan.instruction));
      }
    }
  }

  /** Upgrades a program by a transaction of its loader. */
  public TransactionOutcome upgrade(Pubkey program, byte[] elf) {
    if (recorder != null) {
      recorder.file(InputTag.UPGRADE, program, elf);
    }
    return execute(LoaderCalls.upgrade(bank, program, elf));
  }

  /** Closes a program by a transaction of its loader; the runtime frees all that it owns. */
  public TransactionOutcome close(Pubkey program) {
    if (recorder != null) {
      recorder.close(program);
    }
    return execute(LoaderCalls.close(program));
  }

  /** Lets the next callbacks of a program that a fault concerns suffer it. */
  public void fail(Pubkey program, long callbacks, Fault fault) {
    if (recorder != null) {
      recorder.fault(program, callbacks, fault);
    }
    faults.begin(program, callbacks, fault);
  }

  /** Keeps the state as it is now, between two slots, for {@link #fork}; the oldest are dropped. */
  public void mark() {
    if (recorder != null) {
      recorder.mark();
    }
    marks.put(slot, save());
    if (marks.size() > MOST_MARKS) {
      marks.pollFirstEntry();
    }
  }

  /**
   * Takes another branch between two slots: the next slot is the one that was to come anyway, but
   * it follows an earlier one, and those in between were skipped.
   *
   * @return false if no state of a slot up to {@code parent} was kept; then nothing happens
   */
  public boolean fork(long parent) {
    Map.Entry<Long, SavedState> mark = marks.floorEntry(parent);
    if (mark == null) {
      return false;
    }
    if (recorder != null) {
      recorder.number(InputTag.FORK, parent);
    }
    final long next = nextSlot();
    final long left = slot;
    SavedState saved = mark.getValue();
    slot = mark.getKey();
    marks.tailMap(slot, false).clear();
    engine = emptyEngine();
    bank = emptyBank(slot, engine);
    engine.enter(slot);
    faults = new Faults();
    SimulationState.read(new StateReader(saved.state()), bank, engine, faults);
    StateReader before = new StateReader(saved.tally());
    before.u64();
    slots = before.u64();
    tally.read(before);
    skipped = next - slot - 1;
    onThreads(threads);
    listener.forked(left, slot);
    return true;
  }

  /** The slot that comes next. */
  public long nextSlot() {
    return slot + 1 + skipped;
  }

  /** The triggers that were given up and can be replayed, program by program, oldest first. */
  public List<Long> deadLetters() {
    return engine.deadLetters().all().stream().map(DeadLetter::seq).toList();
  }

  /** The slot's clock. */
  public Clock clock() {
    return bank.sysvars().clock();
  }

  /** The lamports that make an account of a size exempt from rent. */
  public long minimumBalance(int bytes) {
    return bank.sysvars().rent().minimumBalance(bytes);
  }

  /** How many callbacks ran so far, those that failed included. */
  public long executions() {
    return tally.executions();
  }

  /** Compute units that callbacks consumed so far. */
  public long units() {
    return tally.units();
  }

  /** How many callbacks failed so far. */
  public long failures() {
    return tally.failures();
  }

  /** Queues what a trigger that was given up should have done once more; false if it is unknown. */
  public boolean replayDeadLetter(long seq) {
    if (recorder != null) {
      recorder.number(InputTag.REPLAY, seq);
    }
    return engine.scheduler().replay(seq);
  }

  /** Lets the chain skip slots before the next one. */
  public void skip(long count) {
    if (recorder != null) {
      recorder.number(InputTag.SKIP, count);
    }
    skipped += count;
  }

  /** A failed transaction in the words of a validator. */
  public static String words(TransactionError error) {
    return ErrorText.of(error);
  }

  /** What came of it so far. */
  public Summary summary() {
    return tally.summary(settings.startSlot() + 1, slot, slots, stateHash());
  }

  /** Lets the callbacks run that are due in the current slot; a second time runs none. */
  public void finish() {
    final long executions = tally.executions();
    final long failures = tally.failures();
    long units = engine.scheduler().process(slot);
    listener.slotEnded(
        new Listener.SlotReport(
            slot,
            tally.executions() - executions,
            tally.failures() - failures,
            units,
            engine.triggers().pending()));
    if (recorder != null) {
      recorder.finish();
    }
  }

  /**
   * Puts lamports of the payer into a program's escrow.
   *
   * @return why not, in a word; empty if it is done
   */
  public Optional<String> fund(Pubkey program, long lamports) {
    if (recorder != null) {
      recorder.lamports(InputTag.FUND, program, lamports);
    }
    if (!canPay(lamports)) {
      return refusal(AsyncCode.INVALID_ARGUMENT);
    }
    pay(-lamports);
    engine.economy().fund(program, lamports);
    return Optional.empty();
  }

  /** Adds lamports of the payer to a program's stake; why not, as of {@link #fund}. */
  public Optional<String> stake(Pubkey program, long lamports) {
    if (recorder != null) {
      recorder.lamports(InputTag.STAKE, program, lamports);
    }
    AsyncCode code =
        canPay(lamports)
            ? engine.economy().stakes().stake(program, lamports)
            : AsyncCode.INVALID_ARGUMENT;
    if (code == AsyncCode.SUCCESS) {
      pay(-lamports);
    }
    return refusal(code);
  }

  /** Lets lamports of a program's stake go back to the payer, which takes a while. */
  public Optional<String> unstake(Pubkey program, long lamports) {
    if (recorder != null) {
      recorder.lamports(InputTag.UNSTAKE, program, lamports);
    }
    return refusal(engine.economy().stakes().unstake(program, lamports, slot));
  }

  private boolean canPay(long lamports) {
    return lamports >= 0 && lamports <= load(PAYER).lamports();
  }

  private static Optional<String> refusal(AsyncCode code) {
    return code == AsyncCode.SUCCESS ? Optional.empty() : Optional.of(code.name());
  }

  /** Gives the payer lamports that come back to it, or takes some. */
  private void pay(long lamports) {
    if (lamports != 0) {
      Account payer = load(PAYER);
      store(PAYER, Account.of(payer.lamports() + lamports, payer.data(), payer.owner()));
    }
  }

  /** How many work items are queued. */
  public long queuedWork() {
    return engine.triggers().agenda().size(Wave.WORK);
  }

  /** The longest chain of tail calls so far. */
  public int deepestTailCall() {
    return engine.deepestTailCall();
  }

  /** What acting has cost so far, and what programs have to act with. */
  public Economics economics() {
    Economy economy = engine.economy();
    List<Economics.Holding> programs = new ArrayList<>();
    economy
        .escrows()
        .forEach(
            (program, escrow) ->
                programs.add(
                    new Economics.Holding(
                        program,
                        escrow,
                        load(escrow).lamports(),
                        economy.stakes().lamports(program),
                        economy.stakes().reserved().getOrDefault(program, 0L))));
    Counters counters = engine.triggers().counters();
    long dropped = counters.created() - counters.finals() - engine.triggers().pending();
    return new Economics(
        settings.strictEconomics(), load(Economy.COLLECTOR).lamports(), dropped, programs);
  }

  private void store(Pubkey key, Account account) {
    bank.put(key, account);
  }

  private Account load(Pubkey key) {
    return bank.account(key).orElse(Account.EMPTY);
  }

  private void told(FateRecord fate) {
    tally.add(fate);
    listener.fate(fate);
    if (recorder != null) {
      recorder.told().fate(fate);
    }
  }

  private static boolean changesPrograms(Invocation invocation) {
    return invocation.changes().stream()
        .anyMatch(
            change ->
                ProgramIds.isLoader(change.before().owner())
                    || ProgramIds.isLoader(change.after().owner()));
  }

  /**
   * All registrations, and what would happen if each ran now; nothing that they do is kept.
   *
   * <p>Trials use up ids, so it is not to be asked of a simulation that goes on afterwards.
   */
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (Registration r : engine.registry().all()) {
      tasks.add(Tasks.of(r, tryNow(r)));
    }
    return tasks;
  }

  /** A live registration as it stands, without a trial. */
  public Optional<Task> task(long id) {
    return Optional.ofNullable(engine.registry().find(id))
        .map(registration -> Tasks.of(registration, Task.Trial.NONE));
  }

  /** What is known to fall due after the current slot. */
  public List<Forecast.Load> loads() {
    return Tasks.loads(engine.registry().all().stream());
  }

  /** What programs have reserved of a later slot, if nobody stakes or unstakes until then. */
  public Map<Pubkey, Long> reservedIn(long later) {
    return engine.economy().stakes().reservedIn(later);
  }

  private Task.Trial tryNow(Registration r) {
    if (r.callback() == null || r.quarantined) {
      return Task.Trial.NONE;
    }
    Watch watch = r.watch;
    byte[] payload = watch == null ? Payload.NONE : watch.payload(load(watch.account));
    Trigger trigger = new Trigger(r, engine.triggers().nextSeq(), slot, slot, payload, 0);
    Invocation invocation = bank.invoke(r.prepared(), r.budget, trigger);
    invocation.discard();
    TransactionError error = invocation.outcome().error();
    return new Task.Trial(
        true, invocation.outcome().units(), error == null ? "" : ErrorText.of(error));
  }

  private void dropped(DeadLetter letter) {
    listener.letterDropped(slot, letter.registration().id, letter.seq());
  }

  /** Executes callbacks on so many threads; what comes of them is the same for any number. */
  public Simulation onThreads(int threads) {
    this.threads = threads;
    foresight = threads > 1 ? new Foresight(threads, bank, this::load) : null;
    return this;
  }

  /** Runs callbacks, each in its turn, unless it could be run before. */
  private final class Turns implements Activation.Runner {
    @Override
    public Activation run(Trigger trigger) {
      return Simulation.this.run(trigger);
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
  }

  private Activation run(Trigger trigger) {
    Registration registration = trigger.registration;
    Fault fault = faults.next(registration);
    if (fault != null && !(fault instanceof Fault.Rebuffed)) {
      faults.suffered(registration);
    }
    if (fault instanceof Fault.Failing || fault instanceof Fault.Locked) {
      return refused(registration.owner.program, fault);
    }
    Invocation invocation = invoke(trigger, fault);
    TransactionOutcome outcome = invocation.commit();
    if (foresight != null && changesPrograms(invocation)) {
      foresight.forget();
    }
    if (settings.logs()) {
      LogLines.tell(outcome.logs(), slot, listener);
    }
    TransactionError error = outcome.error();
    Activation activation =
        error == null
            ? new Activation(true, outcome.units(), 0, "")
            : new Activation(false, outcome.units(), ErrorText.number(error), ErrorText.of(error));
    tally.add(activation);
    return activation;
  }

  private Invocation invoke(Trigger trigger, @Nullable Fault fault) {
    Registration registration = trigger.registration;
    long units =
        fault instanceof Fault.Starved starved
            ? Math.min(registration.budget, starved.units())
            : registration.budget;
    int heap =
        fault instanceof Fault.Cramped cramped ? cramped.heap() : MemoryMap.DEFAULT_HEAP_BYTES;
    Invocation ahead = foresight == null ? null : foresight.take(trigger, units);
    if (ahead != null && (fault == null || fault instanceof Fault.Starved)) {
      return ahead;
    }
    trigger.rebuff = fault instanceof Fault.Rebuffed rebuffed ? rebuffed : null;
    Invocation invocation = bank.invoke(registration.prepared(), units, heap, trigger);
    if (fault instanceof Fault.Rebuffed && trigger.rebuff == null) {
      faults.suffered(registration);
    }
    trigger.rebuff = null;
    return invocation;
  }

  /** A callback that a fault keeps from being executed, and its log if its program was called. */
  private Activation refused(Pubkey program, Fault fault) {
    TransactionError error = TransactionError.Kind.ACCOUNT_IN_USE;
    if (fault instanceof Fault.Failing failing) {
      error = new TransactionError.InstructionFailed(0, failing.error());
      if (settings.logs()) {
        listener.log(slot, program, "Program " + program + " invoke [1]");
        listener.log(slot, program, "Program " + program + " failed: " + ErrorText.of(error));
      }
    }
    Activation activation = new Activation(false, 0, ErrorText.number(error), ErrorText.of(error));
    tally.add(activation);
    return activation;
  }
}
