package dev.ovsm.runtime.autonomous;

/** Descriptions of events that nobody can wait for, and the codes they are refused with. */
enum BadTrigger {
  INTERVAL_OF_ZERO(0, AsyncCode.INVALID_SLOT, words(0, 5)),
  INTERVAL_TOO_LONG(0, AsyncCode.INVALID_SLOT, words(1_000_001, 5)),
  INTERVAL_NEGATIVE(0, AsyncCode.INVALID_SLOT, words(-1, 5)),
  START_TOO_FAR(0, AsyncCode.INVALID_SLOT, words(10, 1_000_101)),
  START_NEGATIVE(0, AsyncCode.INVALID_SLOT, words(10, -1)),
  EPOCH_OFFSET_BEHIND_IT(1, AsyncCode.INVALID_SLOT, words(432_000)),
  EPOCH_OFFSET_NEGATIVE(1, AsyncCode.INVALID_SLOT, words(-1)),
  EPOCH_OF_TWO_WORDS(1, AsyncCode.INVALID_ARGUMENT, words(1, 1)),
  TIME_NOW(2, AsyncCode.INVALID_SLOT, words(40)),
  TIME_NEGATIVE(2, AsyncCode.INVALID_SLOT, words(Long.MIN_VALUE)),
  TIME_TOO_FAR(2, AsyncCode.INVALID_SLOT, words(500_000)),
  TIME_HUGE(2, AsyncCode.INVALID_SLOT, words(Long.MAX_VALUE)),
  DATA_TOO_SHORT(3, AsyncCode.INVALID_ARGUMENT, new byte[63]),
  DATA_OF_NO_FIELD(3, AsyncCode.INVALID_ARGUMENT, data(Callbacks.criteria(3, 2, 8, -1, 1))),
  DATA_OF_NO_COMPARISON(3, AsyncCode.INVALID_ARGUMENT, data(Callbacks.criteria(8, 8, -1, 1))),
  DATA_WITHOUT_MASK(3, AsyncCode.INVALID_ARGUMENT, data(Callbacks.criteria(2, 8, 0, 1))),
  BALANCE_TOO_SHORT(4, AsyncCode.INVALID_ARGUMENT, new byte[47]),
  BALANCE_SIDEWAYS(4, AsyncCode.INVALID_ARGUMENT, balance(2)),
  BALANCE_PADDED_WITH_SOMETHING(4, AsyncCode.INVALID_ARGUMENT, balance(1L << 8)),
  OWNER_TOO_LONG(5, AsyncCode.INVALID_ARGUMENT, new byte[73]),
  OWNER_OF_TWO(5, AsyncCode.INVALID_ARGUMENT, owner(2)),
  OWNER_PADDED_WITH_SOMETHING(5, AsyncCode.INVALID_ARGUMENT, owner(1L << 63)),
  EVENT_WITHOUT_A_NAME(6, AsyncCode.INVALID_ARGUMENT, new byte[35]),
  EVENT_WITHOUT_LENGTHS(6, AsyncCode.INVALID_ARGUMENT, new byte[32]),
  EVENT_WITH_MORE(6, AsyncCode.INVALID_ARGUMENT, event(1, 0, 1)),
  EVENT_WITH_LESS(6, AsyncCode.INVALID_ARGUMENT, event(1, 2, 1)),
  EVENT_WITH_A_LONGER_NAME(6, AsyncCode.INVALID_ARGUMENT, event(9, 0, 0)),
  RETURN_WITHOUT_A_LENGTH(7, AsyncCode.INVALID_ARGUMENT, new byte[33]),
  RETURN_WITH_MORE(7, AsyncCode.INVALID_ARGUMENT, new byte[35]);

  private final int type;
  private final AsyncCode code;
  private final byte[] bytes;

  BadTrigger(int type, AsyncCode code, byte[] bytes) {
    this.type = type;
    this.code = code;
    this.bytes = bytes;
  }

  int type() {
    return type;
  }

  AsyncCode code() {
    return code;
  }

  byte[] bytes() {
    return bytes;
  }

  private static byte[] words(long... words) {
    LittleEndian out = new LittleEndian(8 * words.length);
    for (long word : words) {
      out.u64(word);
    }
    return out.bytes();
  }

  private static byte[] data(byte[] criteria) {
    return new LittleEndian(64).raw(new byte[32]).raw(criteria).bytes();
  }

  private static byte[] balance(long direction) {
    return new LittleEndian(48).raw(new byte[32]).u64(5).u64(direction).bytes();
  }

  private static byte[] owner(long any) {
    return new LittleEndian(72).raw(new byte[32]).u64(any).raw(new byte[32]).bytes();
  }

  /** A name of one byte, said to be of another length, and a filter likewise. */
  private static byte[] event(int name, int filter, int bytes) {
    return new LittleEndian(32 + 1 + 1 + 2 + bytes)
        .raw(new byte[32])
        .u8(name)
        .u8('E')
        .u16(filter)
        .raw(new byte[bytes])
        .bytes();
  }
}
