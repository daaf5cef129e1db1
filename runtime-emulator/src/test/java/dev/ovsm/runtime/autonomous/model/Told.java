package dev.ovsm.runtime.autonomous.model;

/**
 * What became of a trigger.
 *
 * @param origin what made it, and {@code made} in which slot
 * @param why the reason; {@link #FAILED} for one that only a machine can know
 */
public record Told(
    long slot,
    long registration,
    String kind,
    String fate,
    long seq,
    long nominal,
    long cause,
    String origin,
    long made,
    int attempt,
    long count,
    String why) {
  public static final String FAILED = "it failed";
}
