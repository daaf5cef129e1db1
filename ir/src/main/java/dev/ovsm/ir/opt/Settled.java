package dev.ovsm.ir.opt;

import dev.ovsm.ir.Function;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which passes are known to leave a function as it is, so that no schedule runs them on it again.
 */
final class Settled {
  private final Map<Function, Set<Pass>> passes =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** The passes that would change nothing of this very function. */
  Set<Pass> of(Function function) {
    return passes.getOrDefault(function, Set.of());
  }

  void note(Function function, Set<Pass> settled) {
    passes.put(function, settled);
  }
}
