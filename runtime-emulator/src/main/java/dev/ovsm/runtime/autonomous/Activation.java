package dev.ovsm.runtime.autonomous;

/**
 * What became of one run of a callback.
 *
 * @param units compute units consumed, at most the declared budget
 * @param result its result code: 0 if it succeeded
 * @param error the error in words, empty if it succeeded
 */
record Activation(boolean succeeded, long units, long result, String error) {
  /** Runs callbacks: the pipeline of synthetic, unsigned transactions. */
  interface Runner {
    /**
     * Runs a trigger's callback in the current slot. Before it returns, what the callback did has
     * been committed or taken back.
     */
    Activation run(Trigger trigger);

    /** A trigger is about to run; those that may follow it in its wave, itself the first. */
    default void expect(Trigger trigger, Iterable<Trigger> upcoming) {}

    /** A wave is over. */
    default void waveEnded() {}
  }
}
