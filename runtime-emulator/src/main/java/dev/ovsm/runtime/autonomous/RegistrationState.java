package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.StateReader.require;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registration and its triggers as bytes. */
final class RegistrationState {
  /** Later than any slot that a simulation comes to. */
  private static final long MOST_SLOT = 1L << 54;

  private static final long MOST_ID = 0xFFFF_FFFFL;
  private static final int META_BYTES = Pubkey.BYTES + 2;

  private RegistrationState() {}

  static void write(Registration r, StateWriter out) {
    out.u64(r.id).key(r.owner.program).u8(r.kind().number()).u8(r.state.number());
    out.u64(r.period()).u64(r.deadline()).u64(r.budget);
    Terms terms = r.terms;
    out.u8(terms.policy().number()).u8(terms.priority()).u64(terms.minInterval());
    out.u64(r.history().lastDue).u64(terms.maxRetries()).flag(terms.tellsCompletion());
    out.flag(r.quarantined).flag(r.counted);
    write(r.history(), out);
    write(r.callback(), out);
    Handle handle = r.handle();
    out.flag(handle != null);
    if (handle != null) {
      out.key(handle.account()).u64(handle.offset()).u64(handle.generation());
    }
    Watch watch = r.watch();
    out.flag(watch != null);
    if (watch != null) {
      out.key(watch.account).u64(watch.count);
      out.account(watch.reference).account(watch.baseline);
      PredicateState.write(watch.predicate, out);
    }
    EventFilter filter = r.filter();
    out.flag(filter != null);
    if (filter != null) {
      PredicateState.write(filter, out);
    }
    List<Trigger> open = r.open();
    out.u64(open.size());
    for (Trigger trigger : open) {
      write(trigger, out);
      out.flag(r.pending == trigger).flag(r.next == trigger);
    }
  }

  private static void write(History history, StateWriter out) {
    out.u64(history.breaker.failures()).u64(history.breaker.openUntil());
    out.u64(history.fired).u64(history.missed);
    out.u64(history.lastSeq).u64(history.lastSlot).u64(history.lastUnits);
  }

  /** Reads one; its triggers are queued, but it stands in no index yet. */
  static Registration read(StateReader in, Registry registry, Triggers triggers) {
    long id = in.number(1, MOST_ID, "an id");
    Registration.Draft draft =
        new Registration.Draft(
            registry.owner(in.key()), in.one(Kind.values(), Kind::number, "kind"));
    final Registration.State state =
        in.one(Registration.State.values(), Registration.State::number, "state");
    draft.every(in.number(0, MOST_SLOT, "a period"));
    draft.until(in.number(0, Long.MAX_VALUE, "a deadline"));
    final long budget = in.number(0, Long.MAX_VALUE, "a budget");
    final OverduePolicy policy = in.one(OverduePolicy.values(), OverduePolicy::number, "policy");
    final int priority = readPriority(in);
    final long minInterval = in.number(0, MOST_SLOT, "an interval");
    final long lastDue = in.number(Registration.NEVER, MOST_SLOT, "a slot");
    final int maxRetries = (int) in.number(0, Integer.MAX_VALUE, "a number of retries");
    final boolean tellsCompletion = in.flag();
    final boolean quarantined = in.flag();
    final boolean counted = in.flag();
    final History history = readHistory(in, lastDue);
    final Instruction callback = readInstruction(in, Callback.MOST_METAS, Call.MOST_DATA);
    if (in.flag()) {
      Pubkey account = in.key();
      draft.handle(new Handle(account, (int) in.number(0, Account.MAX_DATA, "place"), in.u64()));
    }
    if (in.flag()) {
      draft.watches(readWatch(in));
    }
    if (in.flag()) {
      draft.wants(PredicateState.readFilter(in));
    }
    Registration r = draft.numbered(id);
    r.state = state;
    r.budget = budget;
    r.terms = new Terms(policy, priority, minInterval, maxRetries, tellsCompletion);
    r.quarantined = quarantined;
    r.counted = counted;
    r.history(history);
    r.callback(callback);
    readTriggers(in, r, triggers);
    return r;
  }

  private static History readHistory(StateReader in, long lastDue) {
    History history = new History();
    history.lastDue = lastDue;
    int failures = (int) in.number(0, Integer.MAX_VALUE, "a number of failures");
    history.breaker.restore(failures, in.number(0, MOST_SLOT, "a slot"));
    history.fired = in.u64();
    history.missed = in.u64();
    history.lastSeq = in.u64();
    history.lastSlot = in.u64();
    history.lastUnits = in.u64();
    return history;
  }

  private static int readPriority(StateReader in) {
    int priority = in.u8();
    require(priority <= Terms.MOST_PRIORITY, "a priority is too high");
    return priority;
  }

  private static void readTriggers(StateReader in, Registration r, Triggers triggers) {
    int count = in.count(Long.BYTES);
    require(count == 0 || r.callback() != null, "a trigger without a callback");
    for (int i = 0; i < count; i++) {
      Trigger trigger = readTrigger(in, r, triggers);
      r.pending = in.flag() ? trigger : r.pending;
      r.next = in.flag() ? trigger : r.next;
    }
  }

  private static void write(Trigger trigger, StateWriter out) {
    out.u64(trigger.seq).u64(trigger.nominal).u64(trigger.due).u64(trigger.making.cause());
    out.u8(trigger.making.origin().number()).u64(trigger.making.slot());
    out.u8(trigger.priority).u64(trigger.attempt).u64(trigger.missed).flag(trigger.held);
    out.flag(trigger.queue == Wave.CARRY_OVER).bytes(trigger.payload);
  }

  private static Trigger readTrigger(StateReader in, Registration r, Triggers triggers) {
    long seq = in.number(1, triggers.nextSeq() - 1, "a trigger");
    long nominal = in.number(0, MOST_SLOT, "a slot");
    long due = in.number(nominal, MOST_SLOT, "a slot");
    long cause = in.u64();
    final Origin origin = in.one(Origin.values(), Origin::number, "origin");
    final long made = in.number(0, triggers.slot(), "a slot");
    final int priority = readPriority(in);
    final int attempt = (int) in.number(0, Integer.MAX_VALUE, "an attempt");
    final long missed = in.number(0, Long.MAX_VALUE, "a number of ticks");
    final boolean held = in.flag();
    final boolean carried = in.flag();
    require(!held || !carried, "a trigger waits twice");
    Making making = new Making(cause, origin, made);
    Trigger trigger = new Trigger(r, seq, nominal, due, in.bytes(Call.MOST_DATA), making);
    trigger.rank(priority);
    trigger.attempt = attempt;
    trigger.missed = missed;
    triggers.restore(trigger, held ? null : carried ? Wave.CARRY_OVER : r.kind().wave());
    return trigger;
  }

  private static Watch readWatch(StateReader in) {
    Pubkey account = in.key();
    long count = in.number(0, Long.MAX_VALUE, "a number of changes");
    Account reference = in.account();
    Account baseline = in.account();
    Watch watch = new Watch(account, PredicateState.readPredicate(in));
    watch.install(reference);
    watch.count = count;
    watch.baseline = baseline;
    return watch;
  }

  static void write(@Nullable Instruction instruction, StateWriter out) {
    out.flag(instruction != null);
    if (instruction != null) {
      out.key(instruction.program()).u64(instruction.accounts().size());
      for (AccountMeta meta : instruction.accounts()) {
        out.key(meta.key()).flag(meta.signer()).flag(meta.writable());
      }
      out.bytes(instruction.data());
    }
  }

  /** An instruction with at most so many accounts and bytes of data, or null for none. */
  static @Nullable Instruction readInstruction(StateReader in, int mostMetas, int mostData) {
    if (!in.flag()) {
      return null;
    }
    Pubkey program = in.key();
    int count = in.count(META_BYTES);
    require(count <= mostMetas, "an instruction has too many accounts");
    List<AccountMeta> metas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Pubkey key = in.key();
      boolean signer = in.flag();
      metas.add(new AccountMeta(key, signer, in.flag()));
    }
    return new Instruction(program, metas, in.bytes(mostData));
  }
}
