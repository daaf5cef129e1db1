package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.autonomous.Criteria.Field;
import dev.ovsm.runtime.autonomous.Criteria.Op;
import org.jspecify.annotations.Nullable;

/** {u8 field, u8 op, u16 0, u32 offset, u64 mask, u64 threshold, u64 0}. */
final class CriteriaLayout {
  static final int BYTES = 32;

  private CriteriaLayout() {}

  /** The predicate at an index, or null if the bytes make no sense; all of them must be there. */
  static @Nullable Predicate read(byte[] bytes, int at) {
    Field field = Field.of(LittleEndian.u8(bytes, at));
    Op op = Op.of(LittleEndian.u8(bytes, at + 1));
    long offset = LittleEndian.u32(bytes, at + 4);
    long mask = LittleEndian.u64(bytes, at + 8);
    boolean reserved = (LittleEndian.u16(bytes, at + 2) | LittleEndian.u64(bytes, at + 24)) != 0;
    if (field == null || op == null || mask == 0 || reserved) {
      return null;
    }
    Criteria criteria =
        new Criteria(field, op, offset, mask, LittleEndian.u64(bytes, at + 16), false);
    if (offset + criteria.width() > Account.MAX_DATA) {
      return null;
    }
    return criteria.isLevel() ? new Predicate.Level(criteria) : new Predicate.Move(criteria);
  }
}
