package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToLongFunction;

/** What watchers and subscriptions see of what happens. */
abstract class Watching extends HandleBook {
  Watching(Life life, IntToLongFunction units) {
    super(life, units);
  }

  void fireNow(Reg r) {
    Op.Watch watch = Objects.requireNonNull(r.watch);
    if (r.live && holds(watch, state.words[watch.program()])) {
      if (r.changes++ == 0) {
        r.baseline = state.copy(watch.program());
      }
      notice(r);
    }
  }

  void emit(String event) {
    boolean wanted = false;
    for (Reg r : List.copyOf(state.regs)) {
      if (event.equals(r.event)) {
        create(r, slot, planned(r));
        wanted = true;
      }
    }
    if (!wanted) {
      ended(0, "event", "NO_SUBSCRIBER", slot, origin(), 1, "");
    }
  }

  void changed(int program, long[] before) {
    long[] after = state.words[program];
    if (Arrays.equals(before, after)) {
      return;
    }
    checkHandles(program, before, after);
    for (Reg r : List.copyOf(state.regs)) {
      if (r.watch != null && r.watch.program() == program && r.installed) {
        see(r, r.watch, before, after);
      }
    }
  }

  void see(Reg r, Op.Watch watch, long[] before, long[] after) {
    boolean moves = watch.kind() == Op.Watched.MOVE;
    long[] from = moves ? r.reference : before;
    if (!fires(watch, from, after)) {
      return;
    }
    if (moves) {
      r.reference = after.clone();
    }
    if (r.changes++ == 0) {
      r.baseline = from.clone();
    }
    notice(r);
  }

  static boolean fires(Op.Watch watch, long[] before, long[] after) {
    return switch (watch.kind()) {
      case ANY -> !Arrays.equals(before, after);
      case MOVE -> {
        long a = before[watch.word()];
        long b = after[watch.word()];
        yield a != b && Math.abs(a - b) >= watch.threshold();
      }
      case ABOVE, BELOW -> !holds(watch, before) && holds(watch, after);
    };
  }

  static boolean holds(Op.Watch watch, long[] words) {
    long value = words[watch.word()];
    return (watch.kind() == Op.Watched.ABOVE && value > watch.threshold())
        || (watch.kind() == Op.Watched.BELOW && value < watch.threshold());
  }

  void notice(Reg r) {
    if (r.pending != null) {
      ended(r, "COALESCED", slot, 1, "one is pending");
    } else {
      r.pending = create(r, slot, planned(r));
    }
  }

  long[] payload(Reg r) {
    Op.Watch watch = Objects.requireNonNull(r.watch);
    long[] now = state.words[watch.program()];
    boolean level = watch.kind() == Op.Watched.ABOVE || watch.kind() == Op.Watched.BELOW;
    boolean any = watch.kind() == Op.Watched.ANY;
    boolean still = level ? holds(watch, now) : fires(watch, r.baseline, now);
    long[] payload = {
      any ? LAMPORTS : r.baseline[watch.word()],
      any ? LAMPORTS : now[watch.word()],
      r.changes | (still ? 1L << 32 : 0)
    };
    r.changes = 0;
    return payload;
  }
}
