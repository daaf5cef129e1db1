package dev.ovsm.verifier;

import dev.ovsm.verifier.graph.Root;

/**
 * What the rules are measured by.
 *
 * @param slotBudget compute units that all callbacks of a slot share; no budget may be larger
 * @param callbackBudget compute units of a callback that declares none
 * @param transactionUnits compute units of the largest transaction
 * @param emissions how often an execution may emit
 * @param eventBytes the size of the largest event
 * @param complexity how many steps may be made for an entry to follow what it handles in an order
 * @param strict whether what is only doubtful is refused too
 */
public record Policy(
    long slotBudget,
    long callbackBudget,
    long transactionUnits,
    long emissions,
    long eventBytes,
    long complexity,
    boolean strict) {
  /** Steps that take a few seconds at most. */
  public static final long COMPLEXITY = 1_000_000;

  /** The runtime's own limits. */
  public static Policy standard() {
    return of(false);
  }

  /** The same limits, with doubtful sources of values refused. */
  public static Policy strictest() {
    return of(true);
  }

  private static Policy of(boolean strict) {
    return new Policy(400_000, 100_000, 1_400_000, 100, 1_024, COMPLEXITY, strict);
  }

  /** The same with another number of steps, 1 or more. */
  public Policy withComplexity(long steps) {
    return new Policy(
        slotBudget, callbackBudget, transactionUnits, emissions, eventBytes, steps, strict);
  }

  /** The compute units of an entry that declares none. */
  long budget(Root.Kind kind) {
    return kind == Root.Kind.CALLBACK ? callbackBudget : transactionUnits;
  }
}
