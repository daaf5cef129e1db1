package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.bank.PreparedInstruction;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.sysvar.EpochSchedule;
import dev.ovsm.runtime.transaction.ComputeLimits;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.MemoryMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a simulation is between two slots: a bank, the engine that is hooked into it, faults to
 * come, counts of what was, and the slot.
 *
 * <p>Who goes on from an earlier state gets a new world; nothing in it refers to the one before.
 */
final class World {
  final Settings settings;
  final Listener listener;
  final Faults faults = new Faults();
  final Tally tally = new Tally();
  final Turns turns = new Turns(this);
  final Treasury treasury = new Treasury(this);
  final Engine engine;
  final Bank bank;

  /** What is put in and what comes of it is taken down here. */
  Tape tape = Tape.BLANK;

  long slot;

  /** Slots that were processed. */
  long slots;

  /** Slots that the chain skips before the next one. */
  long skipped;

  /** A world in its first slot, in which there is nothing. */
  World(Settings settings, long slot, dev.ovsm.runtime.vm.Engine machine, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    this.slot = slot;
    this.engine =
        new Engine(
            settings, this::load, this::store, turns, this::told, listener::charged, this::dropped);
    if (listener.wantsRecords()) {
      engine.rings().tellTo(listener::record);
      engine.registry().biographer().tellTo(listener::milestone);
    }
    this.bank =
        new Bank(
            BankConfig.mainnet()
                .withEpochSchedule(EpochSchedule.ofLength(settings.slotsPerEpoch()))
                .withGenesisTime(settings.genesisTime())
                .withStartSlot(slot)
                .withEngine(machine)
                .withLogLimit(settings.logs() ? LogCollector.DEFAULT_LIMIT : 0)
                .withHook(engine));
    engine.enter(slot);
  }

  /** The world that was saved; throws {@link StateReader.Damaged} if none was. */
  static World read(SavedState saved, dev.ovsm.runtime.vm.Engine machine, Listener listener) {
    Settings settings = SimulationState.readSettings(new StateReader(saved.settings()));
    StateReader tally = new StateReader(saved.tally());
    long slot = tally.number(settings.startSlot(), 1L << 54, "a slot");
    World world = new World(settings, slot, machine, listener);
    world.slots = tally.number(0, slot, "a number of slots");
    world.tally.read(tally);
    tally.end();
    SimulationState.read(new StateReader(saved.state()), world);
    StateReader.require(world.engine.triggers().slot() == slot, "slots differ");
    return world;
  }

  /** The world as it is now. */
  SavedState save() {
    return new SavedState(
        StateWriter.bytesOf(out -> SimulationState.write(settings, out)),
        StateWriter.bytesOf(out -> SimulationState.write(this, out)),
        StateWriter.bytesOf(
            out -> {
              out.u64(slot).u64(slots);
              tally.write(out);
            }));
  }

  /** What a transaction finds at an address. */
  Account load(Pubkey key) {
    return bank.account(key).orElse(Account.EMPTY);
  }

  void store(Pubkey key, Account account) {
    bank.put(key, account);
  }

  /** The slot that comes next. */
  long nextSlot() {
    return slot + 1 + skipped;
  }

  /** Goes on to the next slot. */
  void enter() {
    slot = nextSlot();
    skipped = 0;
    slots++;
    bank.advanceTo(slot);
    engine.enter(slot);
    treasury.enter();
  }

  /** Executes a user's transaction of one instruction. */
  TransactionOutcome execute(Instruction instruction) {
    TransactionOutcome outcome = bank.process(List.of(instruction), Simulation.PAYER);
    LogLines.tell(outcome.logs(), slot, listener);
    TransactionError error = outcome.error();
    if (error != null) {
      blame(
          new PreparedInstruction(instruction),
          ComputeLimits.UNITS_PER_INSTRUCTION,
          MemoryMap.DEFAULT_HEAP_BYTES,
          null,
          error);
    }
    listener.transaction(slot, outcome);
    tape.transaction(outcome);
    return outcome;
  }

  /** Finds what made something fail by doing it again, if the listener wants to know. */
  void blame(
      PreparedInstruction instruction,
      long units,
      int heap,
      @Nullable Trigger trigger,
      TransactionError error) {
    if (listener.wantsBlame()) {
      DryRun again = new DryRun(trigger);
      listener.blamed(slot, bank.blame(instruction, units, heap, again, error), error);
    }
  }

  /** Lets the callbacks run that are due in the current slot; a second time runs none. */
  void finish() {
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
  }

  private void told(FateRecord fate) {
    tally.add(fate);
    listener.fate(fate);
    tape.fate(fate);
  }

  private void dropped(DeadLetter letter) {
    listener.letterDropped(slot, letter.registration().id, letter.seq());
  }
}
