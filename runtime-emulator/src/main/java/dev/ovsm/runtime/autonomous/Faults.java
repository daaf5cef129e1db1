package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Faults injected from outside into some coming callbacks of programs, one kind a program. */
final class Faults {
  private static final long MOST_CODE = 0xFFFF_FFFFL;

  private final Map<Pubkey, Planned> planned = new TreeMap<>();

  private record Planned(long callbacks, Fault fault) {}

  /** Lets the next callbacks of a program that a fault concerns suffer it. */
  void begin(Pubkey program, long callbacks, Fault fault) {
    planned.put(program, new Planned(callbacks, fault));
  }

  void write(StateWriter out) {
    out.u64(planned.size());
    planned.forEach((program, one) -> write(program, one.callbacks, one.fault, out));
  }

  static void write(Pubkey program, long callbacks, Fault fault, StateWriter out) {
    out.key(program).u64(callbacks);
    if (fault instanceof Fault.Starved starved) {
      out.u8(0).u64(starved.units());
    } else if (fault instanceof Fault.Failing failing) {
      out.u8(1).u64(failing.code());
    } else if (fault instanceof Fault.Locked locked) {
      out.u8(2).key(locked.account());
    }
  }

  void read(StateReader in) {
    int count = in.count(Pubkey.BYTES);
    for (int i = 0; i < count; i++) {
      Pubkey program = in.key();
      long callbacks = in.number(1, Long.MAX_VALUE, "a number of callbacks");
      begin(program, callbacks, fault(in));
    }
  }

  static Fault fault(StateReader in) {
    return switch (in.u8()) {
      case 0 -> new Fault.Starved(in.number(0, Long.MAX_VALUE, "a budget"));
      case 1 -> new Fault.Failing(in.number(0, MOST_CODE, "an error"));
      case 2 -> new Fault.Locked(in.key());
      default -> throw new StateReader.Damaged("no such fault");
    };
  }

  /** The fault that a callback suffers, which is thereby over for it; null if none. */
  @Nullable Fault next(Registration registration) {
    if (planned.isEmpty()) {
      return null;
    }
    Pubkey program = registration.owner.program;
    Planned one = planned.get(program);
    if (one == null || !one.fault.concerns(registration.callback())) {
      return null;
    }
    if (one.callbacks > 1) {
      planned.put(program, new Planned(one.callbacks - 1, one.fault));
    } else {
      planned.remove(program);
    }
    return one.fault;
  }
}
