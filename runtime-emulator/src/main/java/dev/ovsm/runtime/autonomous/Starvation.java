package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.HashMap;
import java.util.Map;

/** Faults injected from outside: some coming callbacks of a program run out of compute units. */
final class Starvation {
  private final Map<Pubkey, Ration> rations = new HashMap<>();

  private record Ration(long callbacks, long units) {}

  /** Lets the next callbacks of a program have no more than these units. */
  void begin(Pubkey program, long callbacks, long units) {
    rations.put(program, new Ration(callbacks, units));
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
