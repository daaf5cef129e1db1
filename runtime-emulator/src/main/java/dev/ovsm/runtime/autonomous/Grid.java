package dev.ovsm.runtime.autonomous;

/**
 * The ticks of periodic registrations: first, first + period, first + 2·period and so on, never
 * counted from when a tick ran.
 *
 * <p>Of each registration at most one tick is queued; the others follow from it.
 */
final class Grid {
  private final Registry registry;
  private final Triggers triggers;

  Grid(Registry registry, Triggers triggers) {
    this.registry = registry;
    this.triggers = triggers;
  }

  /** Lets a tick fall due and queues the next one; false if it is not to run now. */
  boolean falls(Trigger tick) {
    Registration r = tick.registration;
    if (r.next == tick) {
      r.next = null;
    }
    return switch (r.terms.policy()) {
      case COALESCE -> coalesce(tick);
      case CATCH_UP -> true;
      case SKIP -> skip(tick);
    };
  }

  /** Queues the tick after one that has ended, unless it is queued already. */
  void continueAfter(Trigger tick) {
    Registration r = tick.registration;
    if (r.next == null && r.pending == null) {
      long next = tick.nominal + r.period();
      registry.tick(r, next, Math.max(next, triggers.slot() + 1));
    }
  }

  private boolean coalesce(Trigger tick) {
    Registration r = tick.registration;
    long slot = triggers.slot();
    long further = (slot - tick.nominal) / r.period();
    Trigger waiting = r.pending;
    Trigger into = waiting == null ? tick : waiting;
    if (waiting != null) {
      triggers.finish(tick, Fate.COALESCED, 0, "an earlier tick waits");
    }
    if (further > 0) {
      triggers.createEnded(
          r, Fate.COALESCED, tick.nominal + r.period(), further, "an earlier tick waits");
    }
    long merged = further + (waiting == null ? 0 : 1);
    into.missed += merged;
    r.history().missed += merged;
    long next = tick.nominal + (further + 1) * r.period();
    registry.tick(r, next, next);
    return waiting == null;
  }

  /** Only a tick in its own slot may run. */
  private boolean skip(Trigger tick) {
    Registration r = tick.registration;
    long slot = triggers.slot();
    if (tick.nominal == slot && r.pending == null) {
      registry.tick(r, slot + r.period(), slot + r.period());
      return true;
    }
    triggers.finish(tick, Fate.EXPIRED, 0, "its slot has passed");
    // a tick of this slot that has to make room for one that waits is not late, and no other is
    long late = tick.nominal == slot ? 0 : (slot - 1 - tick.nominal) / r.period();
    if (late > 0) {
      triggers.createEnded(r, Fate.EXPIRED, tick.nominal + r.period(), late, "its slot has passed");
    }
    r.history().missed += late + 1;
    long next = tick.nominal + (late + 1) * r.period();
    // a tick of this very slot is queued for it, behind what is queued by now
    registry.tick(r, next, next);
    return false;
  }
}
