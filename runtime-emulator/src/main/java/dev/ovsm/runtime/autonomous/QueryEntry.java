package dev.ovsm.runtime.autonomous;

/** What a program learns of a registration, in 64 bytes. */
final class QueryEntry {
  static final int BYTES = 64;

  private static final long MOST_U32 = 0xFFFF_FFFFL;

  private QueryEntry() {}

  /**
   * {u64 id, u8 kind, u8 state, u16 failures in a row, u32 missed, u64 next slot, u64 budget, u64
   * fired, u64 seq of the last, u64 last slot, u64 CU of the last}; slots are 0 if there is none.
   */
  static byte[] of(Registration r) {
    History history = r.history();
    return new LittleEndian(BYTES)
        .u64(r.id)
        .u8(r.kind().number())
        .u8(r.state.number())
        .u16(Math.min(history.breaker.failures(), 0xFFFF))
        .u32(Math.min(history.missed, MOST_U32))
        .u64(nextSlot(r))
        .u64(r.budget)
        .u64(history.fired)
        .u64(history.lastSeq)
        .u64(Math.max(0, history.lastSlot))
        .u64(history.lastUnits)
        .bytes();
  }

  /** The earliest slot in which something of a registration is due, or 0. */
  static long nextSlot(Registration r) {
    return r.open().stream().filter(t -> t.queue != null).mapToLong(t -> t.due).min().orElse(0);
  }
}
