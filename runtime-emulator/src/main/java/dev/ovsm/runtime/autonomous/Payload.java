package dev.ovsm.runtime.autonomous;

/** What a callback can read of what triggered it. */
final class Payload {
  static final byte[] NONE = {};

  /** {i64 or u64 old, new, u32 count, u8 still true}. */
  static final int WATCH_BYTES = 8 + 8 + 4 + 1;

  private static final int HEADER_BYTES = 1 + 1 + 2 + 4 + 5 * 8;

  private Payload() {}

  /** The header and the payload of a trigger that runs in {@code slot}. */
  static byte[] context(Trigger trigger, long slot) {
    return context(trigger, trigger.payload, slot);
  }

  /** The same for a trigger that has, or will have, another payload. */
  static byte[] context(Trigger trigger, byte[] payload, long slot) {
    Registration registration = trigger.registration;
    return new LittleEndian(HEADER_BYTES + payload.length)
        .u8(registration.kind().number())
        .u8(registration.terms.policy().number())
        .u16(trigger.attempt)
        .u32(Math.min(trigger.missed, 0xFFFF_FFFFL))
        .u64(registration.id)
        .u64(trigger.seq)
        .u64(trigger.nominal)
        .u64(slot)
        .u64(payload.length)
        .raw(payload)
        .bytes();
  }
}
