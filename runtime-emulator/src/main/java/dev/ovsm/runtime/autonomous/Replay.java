package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.StateReader.known;
import static dev.ovsm.runtime.autonomous.StateReader.require;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Blame;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.sbpf.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Does once more what a {@link Recorder} wrote down, and compares what comes of it. */
public final class Replay {
  private static final int HASH_BYTES = 32;

  /** Accounts and data of a user's instruction. */
  private static final int MOST_METAS = 250;

  private static final int MOST_DATA = 1 << 20;
  private static final long MOST_SLOT = 1L << 53;

  private final StateReader in;
  private final Recorder.Digest told = new Recorder.Digest();
  private final Listener listener;

  private Replay(byte[] recording, Listener listener) {
    this.in = new StateReader(recording);
    this.listener = listener;
  }

  /** How a replay ended. */
  public enum Outcome {
    /** Every fate, every figure and the state at the end are those of the recording. */
    SAME,
    /** Something came out differently. */
    DIFFERENT,
    /** It is no recording, or not all of one. */
    DAMAGED
  }

  /**
   * What came of a replay.
   *
   * @param problem what is wrong, in a few words; empty if all is the same
   * @param summary what came of the simulation, unless the recording is damaged
   */
  public record Result(Outcome outcome, String problem, Optional<Summary> summary) {}

  /**
   * Replays a recording to its end, or to the first slot that differs.
   *
   * @param begun is told the simulation before anything happens in it
   */
  public static Result run(
      byte[] recording, Engine machine, Listener listener, Consumer<Simulation> begun) {
    try {
      requireWhole(recording);
      return new Replay(recording, listener).run(machine, begun);
    } catch (StateReader.Damaged e) {
      return new Result(Outcome.DAMAGED, String.valueOf(e.getMessage()), Optional.empty());
    }
  }

  private static void requireWhole(byte[] recording) {
    int end = recording.length - HASH_BYTES;
    require(end > 0, "it is empty");
    MessageDigest digest = Sha256.digest();
    digest.update(recording, 0, end);
    byte[] hash = Arrays.copyOfRange(recording, end, recording.length);
    require(MessageDigest.isEqual(digest.digest(), hash), "it does not have its checksum");
  }

  private Result run(Engine machine, Consumer<Simulation> begun) {
    require(in.text().equals(Recorder.MAGIC), "it is no recording of this version");
    byte[] settings = in.bytes(Integer.MAX_VALUE);
    byte[] state = in.bytes(Integer.MAX_VALUE);
    SavedState saved = new SavedState(settings, state, in.bytes(Integer.MAX_VALUE));
    Simulation.Resumption resumption = Simulation.resume(saved, machine, new Ear());
    require(resumption.simulation().isPresent(), resumption.problem());
    Simulation simulation = resumption.simulation().orElseThrow();
    begun.accept(simulation);
    InputTag tag = InputTag.of(in.u8());
    while (tag != InputTag.END) {
      perform(tag, simulation);
      if (tag == InputTag.FINISH && told.value() != in.u64()) {
        return different(simulation, "slot " + simulation.slot() + " came out differently");
      }
      tag = InputTag.of(in.u8());
    }
    String hash = in.text();
    boolean same = in.u64() == simulation.executions();
    same &= in.u64() == simulation.failures();
    same &= in.u64() == simulation.units();
    if (!same) {
      return different(simulation, "callbacks ran in another number, or with other compute units");
    }
    if (!simulation.stateHash().equals(hash)) {
      return different(simulation, "the state at the end is another one");
    }
    return new Result(Outcome.SAME, "", Optional.of(simulation.summary()));
  }

  private static Result different(Simulation simulation, String problem) {
    return new Result(Outcome.DIFFERENT, problem, Optional.of(simulation.summary()));
  }

  private void perform(InputTag tag, Simulation simulation) {
    switch (tag) {
      case PUT -> simulation.put(in.key(), in.account());
      case DEPLOY -> simulation.deploy(in.key(), in.bytes(Account.MAX_DATA));
      case SEND -> simulation.send(instruction());
      case UPGRADE -> simulation.upgrade(in.key(), in.bytes(Account.MAX_DATA));
      case CLOSE -> simulation.close(in.key());
      case FAULT -> {
        Pubkey program = in.key();
        long callbacks = in.number(1, Long.MAX_VALUE, "a number of callbacks");
        simulation.fail(program, callbacks, Faults.fault(in));
      }
      case MARK -> simulation.mark();
      case FORK ->
          require(simulation.fork(in.number(0, MOST_SLOT, "a slot")), "a fork has no parent");
      case REPLAY -> simulation.replayDeadLetter(in.u64());
      case SKIP -> simulation.skip(in.number(0, MOST_SLOT >> 8, "a number of slots"));
      case ENTER -> {
        require(simulation.slot() < MOST_SLOT, "a slot is too late");
        simulation.enter();
      }
      case FINISH -> simulation.finish();
      case FUND -> simulation.fund(in.key(), in.number(0, Long.MAX_VALUE, "lamports"));
      case STAKE -> simulation.stake(in.key(), in.number(0, Long.MAX_VALUE, "lamports"));
      case UNSTAKE -> simulation.unstake(in.key(), in.number(0, Long.MAX_VALUE, "lamports"));
      case END -> throw new IllegalStateException("the end is no input");
    }
  }

  private Instruction instruction() {
    return known(RegistrationState.readInstruction(in, MOST_METAS, MOST_DATA), "instruction");
  }

  /** Hears what a recorder heard, and passes it on. */
  private final class Ear implements Listener {
    @Override
    public void log(long slot, Pubkey program, String line) {
      listener.log(slot, program, line);
    }

    @Override
    public void fate(FateRecord fate) {
      told.fate(fate);
      listener.fate(fate);
    }

    @Override
    public void transaction(long slot, TransactionOutcome outcome) {
      told.transaction(outcome);
      listener.transaction(slot, outcome);
    }

    @Override
    public void charged(Charge charge) {
      listener.charged(charge);
    }

    @Override
    public boolean wantsBlame() {
      return listener.wantsBlame();
    }

    @Override
    public void blamed(long slot, Optional<Blame> blame, TransactionError error) {
      listener.blamed(slot, blame, error);
    }

    @Override
    public void letterDropped(long slot, long registration, long seq) {
      listener.letterDropped(slot, registration, seq);
    }

    @Override
    public boolean wantsRecords() {
      return listener.wantsRecords();
    }

    @Override
    public void record(RingRecord one) {
      listener.record(one);
    }

    @Override
    public void milestone(Milestone one) {
      listener.milestone(one);
    }

    @Override
    public void forked(long slot, long parent) {
      listener.forked(slot, parent);
    }

    @Override
    public void slotEnded(SlotReport report) {
      listener.slotEnded(report);
    }
  }
}
