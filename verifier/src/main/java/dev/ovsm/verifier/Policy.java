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
 * @param strict whether what is only doubtful is refused too
 */
public record Policy(
    long slotBudget,
    long callbackBudget,
    long transactionUnits,
    long emissions,
    long eventBytes,
    boolean strict) {
  /** The runtime's own limits. */
  public static Policy standard() {
    return new Policy(400_000, 100_000, 1_400_000, 100, 1_024, false);
  }

  /** The same limits, with doubtful sources of values refused. */
  public static Policy strictest() {
    return new Policy(400_000, 100_000, 1_400_000, 100, 1_024, true);
  }

  /** The compute units of an entry that declares none. */
  long budget(Root.Kind kind) {
    return kind == Root.Kind.CALLBACK ? callbackBudget : transactionUnits;
  }
}
