package dev.ovsm.runtime.autonomous;

/**
 * One step in the life of a trigger, in the order in which things happened.
 *
 * @param slot the slot in which it happened
 * @param registration the registration's id, 0 for an event that nobody subscribes to
 * @param seq the trigger; the first of {@code count} consecutive ones
 * @param nominal the slot for which the trigger was meant
 * @param cause the trigger whose callback produced this one, 0 for a user transaction
 * @param origin what made the trigger
 * @param made the slot in which it was made
 * @param attempt failed attempts before this step
 * @param count how many triggers share this fate: ticks of one gap are told together
 * @param ran whether the callback was executed in this step; it may fail before its first unit
 * @param units compute units charged in this step
 * @param reason why, in a few words; empty for a plain execution
 */
public record FateRecord(
    long slot,
    long registration,
    Kind kind,
    Fate fate,
    long seq,
    long nominal,
    long cause,
    Origin origin,
    long made,
    int attempt,
    long count,
    boolean ran,
    long units,
    String reason) {
  /** A step of a trigger in a slot. */
  static FateRecord of(
      Trigger trigger, long slot, Fate fate, boolean ran, long units, String reason) {
    Registration registration = trigger.registration;
    Making made = trigger.making;
    return new FateRecord(
        slot,
        registration.id,
        registration.kind(),
        fate,
        trigger.seq,
        trigger.nominal,
        made.cause(),
        made.origin(),
        made.slot(),
        trigger.attempt,
        1,
        ran,
        units,
        reason);
  }
}
