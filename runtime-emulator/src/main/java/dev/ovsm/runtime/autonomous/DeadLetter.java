package dev.ovsm.runtime.autonomous;

/**
 * An activation given up, kept with its payload so that it can be replayed once.
 *
 * @param seq of the trigger that was given up, which names the entry
 * @param attempts how often it ran
 * @param error the last error in words
 * @param units what its last attempt consumed
 */
record DeadLetter(
    long slot,
    Registration registration,
    long seq,
    long nominal,
    int attempts,
    String error,
    long units,
    byte[] payload) {}
