package dev.ovsm.runtime.autonomous;

/**
 * A simulation between two slots as bytes.
 *
 * @param settings what it was made with
 * @param state all that decides how it goes on; equal for equal states
 * @param tally what it counted so far, which decides nothing
 */
public record SavedState(byte[] settings, byte[] state, byte[] tally) {}
