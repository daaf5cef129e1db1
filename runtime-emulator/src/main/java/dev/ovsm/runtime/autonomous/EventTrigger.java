package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Criteria.Field;
import dev.ovsm.runtime.autonomous.Criteria.Op;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a subscription waits for, read from the bytes that describe it. */
sealed interface EventTrigger {
  /** The numbers of event types. */
  int SLOT_INTERVAL = 0;

  int EPOCH_BOUNDARY = 1;
  int WALLCLOCK_TIME = 2;
  int ACCOUNT_DATA_CHANGE = 3;
  int ACCOUNT_BALANCE_CHANGE = 4;
  int ACCOUNT_OWNER_CHANGE = 5;
  int PROGRAM_EVENT = 6;
  int CPI_RETURN = 7;

  /** Slots at a fixed distance. */
  record Repeated(long first, long period) implements EventTrigger {}

  /** One slot. */
  record Once(long slot) implements EventTrigger {}

  /** Changes of an account. */
  record Watched(Pubkey account, Predicate predicate) implements EventTrigger {}

  /** What programs do. */
  record Filtered(EventFilter filter) implements EventTrigger {}

  /** Nothing that can be waited for. */
  record Refused(AsyncCode code) implements EventTrigger {}

  /** Reads the description of a type of event. */
  static EventTrigger read(Engine engine, long type, byte[] bytes) {
    if (type < SLOT_INTERVAL || type > CPI_RETURN) {
      return new Refused(AsyncCode.INVALID_ARGUMENT);
    }
    int number = (int) type;
    if (number == PROGRAM_EVENT || number == CPI_RETURN) {
      return filtered(number, bytes);
    }
    if (bytes.length != fixedLength(number)) {
      return new Refused(AsyncCode.INVALID_ARGUMENT);
    }
    return switch (number) {
      case SLOT_INTERVAL -> interval(engine, bytes);
      case EPOCH_BOUNDARY -> boundary(engine, LittleEndian.u64(bytes, 0));
      case WALLCLOCK_TIME -> time(engine, LittleEndian.u64(bytes, 0));
      case ACCOUNT_DATA_CHANGE -> watched(bytes, CriteriaLayout.read(bytes, Pubkey.BYTES));
      case ACCOUNT_BALANCE_CHANGE -> watched(bytes, balance(bytes));
      default -> watched(bytes, ownerChange(bytes));
    };
  }

  private static int fixedLength(int type) {
    return switch (type) {
      case SLOT_INTERVAL -> 16;
      case EPOCH_BOUNDARY, WALLCLOCK_TIME -> 8;
      case ACCOUNT_DATA_CHANGE -> Pubkey.BYTES + CriteriaLayout.BYTES;
      case ACCOUNT_BALANCE_CHANGE -> Pubkey.BYTES + 16;
      default -> Pubkey.BYTES + 8 + Pubkey.BYTES;
    };
  }

  /** The next slot of the grid that {u64 interval, u64 start} spans. */
  private static EventTrigger interval(Engine engine, byte[] bytes) {
    long period = LittleEndian.u64(bytes, 0);
    long start = LittleEndian.u64(bytes, 8);
    if (Checks.period(period) != AsyncCode.SUCCESS || start < 0) {
      return new Refused(AsyncCode.INVALID_SLOT);
    }
    return repeated(engine, start, period);
  }

  private static EventTrigger boundary(Engine engine, long offset) {
    long epoch = engine.settings().slotsPerEpoch();
    return offset < 0 || offset >= epoch
        ? new Refused(AsyncCode.INVALID_SLOT)
        : repeated(engine, offset, epoch);
  }

  /** The first slot after the current one that is a whole number of periods from a start. */
  private static EventTrigger repeated(Engine engine, long start, long period) {
    long slot = engine.triggers().slot();
    long first = start > slot ? start : start + ((slot - start) / period + 1) * period;
    boolean fits = first > slot && (first - slot <= Checks.MOST_SLOTS || first - slot <= period);
    return fits ? new Repeated(first, period) : new Refused(AsyncCode.INVALID_SLOT);
  }

  private static EventTrigger time(Engine engine, long unixTime) {
    long slot = engine.firstSlotAt(unixTime);
    long now = engine.triggers().slot();
    return slot <= now || slot - now > Checks.MOST_SLOTS
        ? new Refused(AsyncCode.INVALID_SLOT)
        : new Once(slot);
  }

  private static EventTrigger watched(byte[] bytes, @Nullable Predicate predicate) {
    return predicate == null
        ? new Refused(AsyncCode.INVALID_ARGUMENT)
        : new Watched(Pubkey.read(bytes, 0), predicate);
  }

  private static @Nullable Predicate balance(byte[] bytes) {
    long threshold = LittleEndian.u64(bytes, Pubkey.BYTES);
    long direction = LittleEndian.u64(bytes, Pubkey.BYTES + 8);
    return direction < 0 || direction > 1
        ? null
        : new Predicate.Level(
            new Criteria(Field.LAMPORTS, direction == 0 ? Op.GT : Op.LT, 0, -1, threshold, false));
  }

  private static @Nullable Predicate ownerChange(byte[] bytes) {
    long any = LittleEndian.u64(bytes, Pubkey.BYTES);
    if (any < 0 || any > 1) {
      return null;
    }
    return any == 1
        ? new Predicate.Difference(Field.OWNER)
        : new Predicate.OwnerBecomes(Pubkey.read(bytes, Pubkey.BYTES + 8));
  }

  /** {source, u8 id length, id, u16 length, prefix} or {callee, u16 length, prefix}. */
  private static EventTrigger filtered(int type, byte[] bytes) {
    int at = Pubkey.BYTES;
    byte[] id = {};
    if (type == PROGRAM_EVENT) {
      if (bytes.length <= at) {
        return new Refused(AsyncCode.INVALID_ARGUMENT);
      }
      int length = LittleEndian.u8(bytes, at);
      at += 1 + length;
      if (length == 0 || bytes.length < at) {
        return new Refused(AsyncCode.INVALID_ARGUMENT);
      }
      id = Arrays.copyOfRange(bytes, at - length, at);
    }
    if (bytes.length < at + Short.BYTES
        || bytes.length != at + Short.BYTES + LittleEndian.u16(bytes, at)) {
      return new Refused(AsyncCode.INVALID_ARGUMENT);
    }
    Pubkey program = Pubkey.read(bytes, 0);
    byte[] prefix = Arrays.copyOfRange(bytes, at + Short.BYTES, bytes.length);
    if (type == CPI_RETURN) {
      return new Filtered(new EventFilter.Returned(program, prefix));
    }
    boolean any = program.equals(Pubkey.of(new byte[Pubkey.BYTES]));
    return new Filtered(new EventFilter.Emitted(any ? null : program, new EventId(id), prefix));
  }
}
