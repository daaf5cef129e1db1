package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.StateReader.known;
import static dev.ovsm.runtime.autonomous.StateReader.require;

import dev.ovsm.runtime.autonomous.Criteria.Field;
import dev.ovsm.runtime.autonomous.Criteria.Op;

/** What watchers and subscriptions wait for, as bytes. */
final class PredicateState {
  private static final int DIFFERENCE = 0;
  private static final int OWNER = 1;
  private static final int PATTERN = 2;
  private static final int LEVEL = 3;
  private static final int MOVE = 4;
  private static final int ANY_FIELD = 0xFF;

  private static final int EMITTED = 1;
  private static final int RETURNED = 2;

  private PredicateState() {}

  static void write(Predicate predicate, StateWriter out) {
    if (predicate instanceof Predicate.Difference difference) {
      out.u8(DIFFERENCE).u8(difference.field() == null ? ANY_FIELD : difference.field().number());
    } else if (predicate instanceof Predicate.OwnerBecomes becomes) {
      out.u8(OWNER).key(becomes.owner());
    } else if (predicate instanceof Predicate.Pattern pattern) {
      out.u8(PATTERN).u64(pattern.offset()).bytes(pattern.bytes());
    } else if (predicate instanceof Predicate.Level level) {
      write(level.criteria(), out.u8(LEVEL));
    } else if (predicate instanceof Predicate.Move move) {
      write(move.criteria(), out.u8(MOVE));
    }
  }

  static Predicate readPredicate(StateReader in) {
    return switch (in.u8()) {
      case DIFFERENCE -> {
        int field = in.u8();
        yield new Predicate.Difference(field == ANY_FIELD ? null : known(Field.of(field), "field"));
      }
      case OWNER -> new Predicate.OwnerBecomes(in.key());
      case PATTERN -> {
        long offset = in.u64();
        yield new Predicate.Pattern(offset, in.bytes(Call.MOST_DATA));
      }
      case LEVEL -> {
        Criteria level = readCriteria(in);
        require(level.isLevel(), "a level is a change");
        yield new Predicate.Level(level);
      }
      case MOVE -> {
        Criteria move = readCriteria(in);
        require(!move.isLevel(), "a change is a level");
        yield new Predicate.Move(move);
      }
      default -> throw new StateReader.Damaged("no such predicate");
    };
  }

  private static void write(Criteria criteria, StateWriter out) {
    out.u8(criteria.field().number()).u8(criteria.op().number());
    out.u64(criteria.offset()).u64(criteria.mask()).u64(criteria.threshold());
    out.flag(criteria.signed());
  }

  private static Criteria readCriteria(StateReader in) {
    Field field = known(Field.of(in.u8()), "field");
    Op op = known(Op.of(in.u8()), "comparison");
    long offset = in.u64();
    long mask = in.u64();
    require(mask != 0, "a mask is 0");
    long threshold = in.u64();
    return new Criteria(field, op, offset, mask, threshold, in.flag());
  }

  static void write(EventFilter filter, StateWriter out) {
    if (filter instanceof EventFilter.Emitted emitted) {
      out.u8(EMITTED).flag(emitted.source() != null);
      if (emitted.source() != null) {
        out.key(emitted.source());
      }
      out.bytes(emitted.id().bytes()).bytes(emitted.prefix());
    } else if (filter instanceof EventFilter.Returned returned) {
      out.u8(RETURNED).key(returned.callee()).bytes(returned.prefix());
    }
  }

  static EventFilter readFilter(StateReader in) {
    int type = in.u8();
    if (type == RETURNED) {
      return new EventFilter.Returned(in.key(), in.bytes(Call.MOST_DATA));
    }
    require(type == EMITTED, "no such filter");
    return new EventFilter.Emitted(
        in.flag() ? in.key() : null,
        new EventId(in.bytes(EventId.MOST_BYTES)),
        in.bytes(Call.MOST_DATA));
  }
}
