package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.MemoryMap;
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
    } else if (fault instanceof Fault.Cramped cramped) {
      out.u8(3).u64(cramped.heap());
    } else if (fault instanceof Fault.Rebuffed rebuffed) {
      out.u8(4).u64(rebuffed.call()).u64(rebuffed.code());
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
      case 3 -> new Fault.Cramped((int) in.number(0, MemoryMap.DEFAULT_HEAP_BYTES, "a heap"));
      case 4 ->
          new Fault.Rebuffed(
              in.number(1, Long.MAX_VALUE, "a call"), in.number(0, MOST_CODE, "an error"));
      default -> throw new StateReader.Damaged("no such fault");
    };
  }

  /** The fault that a callback is to suffer, of which {@link #suffered} then tells; or null. */
  @Nullable Fault next(Registration registration) {
    Planned one = planned.isEmpty() ? null : planned.get(registration.owner.program);
    return one == null || !one.fault.concerns(registration.callback()) ? null : one.fault;
  }

  /** A callback suffered its fault, which is thereby over for it. */
  void suffered(Registration registration) {
    planned.computeIfPresent(
        registration.owner.program,
        (program, one) -> one.callbacks > 1 ? new Planned(one.callbacks - 1, one.fault) : null);
  }
}
