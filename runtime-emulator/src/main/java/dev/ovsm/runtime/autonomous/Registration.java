package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.bank.PreparedInstruction;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A timer, schedule, watcher, subscription or work queue: why and how a callback is to run. */
final class Registration {
  static final int MAX_RETRIES = 3;
  static final int NORMAL_PRIORITY = 1;
  static final int MOST_PRIORITY = 3;
  static final long NO_DEADLINE = Long.MAX_VALUE;
  static final long NEVER = -1;

  final long id;
  final Owner owner;
  final Kind kind;

  /** Where the program keeps it, or null if the program knows it by its id alone. */
  final @Nullable Handle handle;

  /** Slots between ticks, 0 if it is not periodic. */
  final long period;

  /** The last slot in which it may run. */
  final long deadline;

  /** What it watches, if it watches an account. */
  final @Nullable Watch watch;

  /** Which events it wants, if it wants any. */
  final @Nullable EventFilter filter;

  State state = State.INITIALIZED;

  /** Whether it counts towards its owner's quota. */
  boolean counted;

  private @Nullable Instruction callback;
  private @Nullable PreparedInstruction prepared;
  long budget;

  OverduePolicy policy = OverduePolicy.COALESCE;
  int priority = NORMAL_PRIORITY;

  /** The least number of slots between the slots of its triggers. */
  long minInterval;

  /** The slot of its latest trigger, if triggers come from changes and events. */
  long lastDue = NEVER;

  int maxRetries = MAX_RETRIES;
  boolean tellsCompletion;

  /** Whether its callback's entry is gone since an upgrade. */
  boolean quarantined;

  /** Its triggers without a final fate, in order of creation. */
  final List<Trigger> open = new ArrayList<>(2);

  /** The waiting trigger into which further ones merge; null while none waits. */
  @Nullable Trigger pending;

  /** The next tick of its grid; null if it is not periodic, or that tick was not made yet. */
  @Nullable Trigger next;

  final Breaker breaker = new Breaker();
  long fired;
  long missed;
  long lastSeq;
  long lastSlot = NEVER;
  long lastUnits;

  private Registration(long id, Draft draft) {
    this.id = id;
    this.owner = draft.owner;
    this.kind = draft.kind;
    this.handle = draft.handle;
    this.period = draft.period;
    this.deadline = draft.deadline;
    this.watch = draft.watch;
    this.filter = draft.filter;
    this.budget = draft.budget;
    callback(draft.callback);
  }

  boolean isPeriodic() {
    return period > 0;
  }

  /** Whether it ends when it has run: neither periodic nor waiting for what may come again. */
  boolean isOneShot() {
    return period == 0 && watch == null && filter == null;
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
    private long period;
    private long deadline = NO_DEADLINE;
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
      period = slots;
      return this;
    }

    Draft until(long slot) {
      deadline = slot;
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
