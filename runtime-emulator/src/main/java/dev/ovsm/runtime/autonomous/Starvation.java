package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Map;
import java.util.TreeMap;

/** Faults injected from outside: some coming callbacks of a program run out of compute units. */
final class Starvation {
  private final Map<Pubkey, Ration> rations = new TreeMap<>();

  private record Ration(long callbacks, long units) {}

  /** Lets the next callbacks of a program have no more than these units. */
  void begin(Pubkey program, long callbacks, long units) {
    rations.put(program, new Ration(callbacks, units));
  }

  void write(StateWriter out) {
    out.u64(rations.size());
    rations.forEach((program, ration) -> out.key(program).u64(ration.callbacks).u64(ration.units));
  }

  void read(StateReader in) {
    int count = in.count(Pubkey.BYTES);
    for (int i = 0; i < count; i++) {
      Pubkey program = in.key();
      long callbacks = in.number(1, Long.MAX_VALUE, "a number of callbacks");
      begin(program, callbacks, in.number(0, Long.MAX_VALUE, "a budget"));
    }
  }

  /** The units that a callback may use, which its registration would let use {@code declared}. */
  long ration(Pubkey program, long declared) {
    Ration ration = rations.remove(program);
    if (ration == null) {
      return declared;
    }
    if (ration.callbacks > 1) {
      rations.put(program, new Ration(ration.callbacks - 1, ration.units));
    }
    return Math.min(declared, ration.units);
  }
}
