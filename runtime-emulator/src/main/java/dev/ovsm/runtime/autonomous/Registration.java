package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.bank.PreparedInstruction;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A timer, schedule, watcher, subscription or work queue: why and how a callback is to run. */
final class Registration {
  static final long NEVER = -1;

  final long id;
  final Owner owner;
  private final Nature nature;

  /** What has no handle is armed from the start: nothing could arm it later. */
  State state;

  /** Whether it counts towards its owner's quota. */
  boolean counted;

  private @Nullable Instruction callback;
  private @Nullable PreparedInstruction prepared;
  long budget;

  /** What its program set of it. */
  Terms terms = Terms.DEFAULT;

  /** Whether its callback's entry is gone since an upgrade. */
  boolean quarantined;

  /** The last of its triggers without a final fate; the first one follows from it. */
  private @Nullable Trigger lastOpen;

  /** The waiting trigger into which further ones merge; null while none waits. */
  @Nullable Trigger pending;

  /** The next tick of its grid; null if it is not periodic, or that tick was not made yet. */
  @Nullable Trigger next;

  /** Null until there is anything to tell. */
  private @Nullable History history;

  private Registration(long id, Draft draft) {
    this.id = id;
    this.owner = draft.owner;
    this.nature = Nature.of(draft.kind, draft.handle, draft.timing, draft.watch, draft.filter);
    this.budget = draft.budget;
    this.state = draft.handle == null ? State.ARMED : State.INITIALIZED;
    callback(draft.callback);
  }

  Kind kind() {
    return nature.kind();
  }

  /** Where the program keeps it, or null if the program knows it by its id alone. */
  @Nullable Handle handle() {
    return nature.handle();
  }

  /** What it watches, if it watches an account. */
  @Nullable Watch watch() {
    return nature.watch();
  }

  /** Which events it wants, if it wants any. */
  @Nullable EventFilter filter() {
    return nature.filter();
  }

  /** Slots between ticks, 0 if it is not periodic. */
  long period() {
    return nature.timing().period();
  }

  /** The last slot in which it may run. */
  long deadline() {
    return nature.timing().deadline();
  }

  boolean isPeriodic() {
    return period() > 0;
  }

  /** Whether it ends when it has run: neither periodic nor waiting for what may come again. */
  boolean isOneShot() {
    return !isPeriodic() && watch() == null && filter() == null;
  }

  /** The instruction that it executes; null until a handle has one set. */
  @Nullable Instruction callback() {
    return callback;
  }

  void callback(@Nullable Instruction instruction) {
    callback = instruction;
    prepared = null;
  }

  /** The callback laid out for execution. */
  PreparedInstruction prepared() {
    if (callback == null) {
      throw new IllegalStateException("registration " + id + " has no callback");
    }
    if (prepared == null) {
      prepared = new PreparedInstruction(callback);
    }
    return prepared;
  }

  /** What became of its activations. */
  History history() {
    if (history == null) {
      history = new History();
    }
    return history;
  }

  void history(History earlier) {
    history = earlier;
  }

  /** Whether its breaker lets nothing run in a slot. */
  boolean isBlocked(long slot) {
    return history != null && history.breaker.blocks(slot);
  }

  /** Whether it has no triggers without a final fate. */
  boolean isAtRest() {
    return lastOpen == null;
  }

  /** Its triggers without a final fate as they are now, in order of creation. */
  List<Trigger> open() {
    if (lastOpen == null) {
      return List.of();
    }
    List<Trigger> all = new ArrayList<>(2);
    Trigger trigger = lastOpen;
    do {
      trigger = trigger.nextOpen;
      all.add(trigger);
    } while (trigger != lastOpen);
    return all;
  }

  /** Adds a trigger behind those that it has. */
  void open(Trigger trigger) {
    reopen(trigger, lastOpen);
  }

  /** Takes one of its triggers away and says which stood before it: null if it was the first. */
  @Nullable Trigger close(Trigger trigger) {
    Trigger before = lastOpen;
    while (before != null && before.nextOpen != trigger) {
      before = before.nextOpen == lastOpen ? null : before.nextOpen;
    }
    if (before == null) {
      throw new IllegalStateException("trigger " + trigger.seq + " is not open");
    }
    boolean isFirst = before == lastOpen;
    before.nextOpen = trigger.nextOpen;
    if (trigger == lastOpen) {
      lastOpen = isFirst ? null : before;
    }
    trigger.nextOpen = trigger;
    return isFirst ? null : before;
  }

  /** Puts a trigger back behind the one of which {@link #close} said that it stood before it. */
  void reopen(Trigger trigger, @Nullable Trigger before) {
    Trigger last = lastOpen;
    if (last != null) {
      Trigger at = before == null ? last : before;
      trigger.nextOpen = at.nextOpen;
      at.nextOpen = trigger;
    }
    lastOpen = before == last ? trigger : last;
  }

  /** States of a registration, with the numbers of query entries. */
  enum State {
    UNINITIALIZED(0),
    INITIALIZED(1),
    ARMED(2),
    FIRED(3),
    CANCELLED(4);

    private final int number;

    State(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** A registration before it has an id. */
  static final class Draft {
    private final Owner owner;
    private final Kind kind;
    private @Nullable Instruction callback;
    private long budget;
    private @Nullable Handle handle;
    private Timing timing = Timing.ONCE;
    private @Nullable Watch watch;
    private @Nullable EventFilter filter;

    Draft(Owner owner, Kind kind) {
      this.owner = owner;
      this.kind = kind;
    }

    Draft executes(Instruction instruction, long units) {
      callback = instruction;
      budget = units;
      return this;
    }

    Draft handle(Handle where) {
      handle = where;
      return this;
    }

    Draft every(long slots) {
      timing = Timing.of(slots, timing.deadline());
      return this;
    }

    Draft until(long slot) {
      timing = Timing.of(timing.period(), slot);
      return this;
    }

    Draft watches(Watch what) {
      watch = what;
      return this;
    }

    Draft wants(EventFilter which) {
      filter = which;
      return this;
    }

    Registration numbered(long id) {
      return new Registration(id, this);
    }

    Owner owner() {
      return owner;
    }

    Kind kind() {
      return kind;
    }

    boolean isWatching() {
      return watch != null;
    }
  }
}
