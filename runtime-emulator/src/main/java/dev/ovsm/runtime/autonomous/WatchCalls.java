package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_PATTERN;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_THRESHOLD;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_REMOVE;
import static dev.ovsm.sbpf.Syscall.SOL_WATCH_ACCOUNT;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.autonomous.Callback.Decoded;
import dev.ovsm.runtime.autonomous.Criteria.Field;
import dev.ovsm.runtime.autonomous.Criteria.Op;
import dev.ovsm.runtime.autonomous.Registration.Draft;
import dev.ovsm.runtime.vm.Slice;
import org.jspecify.annotations.Nullable;

/** Account watchers. */
final class WatchCalls {
  /** The budget of a watcher that names none. */
  static final long DEFAULT_BUDGET = 50_000;

  private static final int ANY_CHANGE = 0;
  private static final int LAMPORT_CHANGE = 1;
  private static final int DATA_CHANGE = 2;
  private static final int OWNER_CHANGE = 3;
  private static final int THRESHOLD_ABOVE = 4;
  private static final int THRESHOLD_BELOW = 5;
  private static final int ALL_BITS = -1;

  private WatchCalls() {}

  static void addTo(Calls calls) {
    calls
        .add(SOL_WATCH_ACCOUNT, WatchCalls::watch)
        .add(SOL_WATCHER_CREATE, WatchCalls::create)
        .add(SOL_WATCHER_CREATE_THRESHOLD, WatchCalls::createThreshold)
        .add(SOL_WATCHER_CREATE_PATTERN, WatchCalls::createPattern)
        .add(SOL_WATCHER_REMOVE, WatchCalls::remove);
  }

  private static long watch(
      Call call, long account, long criteria, long instruction, long length, long budget) {
    if (account == 0 || criteria == 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Slice bytes = call.read(criteria, CriteriaLayout.BYTES);
    Predicate predicate = CriteriaLayout.read(bytes.bytes(), bytes.offset());
    Decoded callback = Callback.read(call, instruction, length);
    return register(call, account, predicate, callback, budget == 0 ? DEFAULT_BUDGET : budget);
  }

  private static long create(
      Call call, long account, long type, long data, long length, long budget) {
    if (account == 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Predicate predicate =
        type >= ANY_CHANGE && type <= OWNER_CHANGE ? difference((int) type) : null;
    return register(call, account, predicate, Callback.readOwn(call, data, length), budget);
  }

  private static Predicate difference(int type) {
    return new Predicate.Difference(
        type == LAMPORT_CHANGE
            ? Field.LAMPORTS
            : type == DATA_CHANGE ? Field.DATA : type == OWNER_CHANGE ? Field.OWNER : null);
  }

  private static long createThreshold(
      Call call, long account, long type, long offset, long threshold, long arguments) {
    if (account == 0 || arguments == 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Op op = type == THRESHOLD_ABOVE ? Op.GT : type == THRESHOLD_BELOW ? Op.LT : null;
    boolean reaches = offset >= 0 && offset <= Account.MAX_DATA - Long.BYTES;
    Predicate predicate =
        op == null || !reaches
            ? null
            : new Predicate.Level(new Criteria(Field.DATA, op, offset, ALL_BITS, threshold, true));
    return registerOwn(call, account, predicate, arguments);
  }

  private static long createPattern(
      Call call, long account, long offset, long pattern, long length, long arguments) {
    if (account == 0 || arguments == 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    byte[] bytes = call.bytes(pattern, length);
    if (bytes == null) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    boolean fits =
        length >= 1
            && length <= Call.MOST_DATA
            && offset >= 0
            && offset <= Account.MAX_DATA - length;
    return registerOwn(
        call, account, fits ? new Predicate.Pattern(offset, bytes) : null, arguments);
  }

  /** Registers a call of the program itself that {data*, length, budget} describe. */
  private static long registerOwn(
      Call call, long account, @Nullable Predicate predicate, long arguments) {
    Decoded callback = Callback.readOwn(call, call.word(arguments, 0), call.word(arguments, 1));
    return register(call, account, predicate, callback, call.word(arguments, 2));
  }

  private static long register(
      Call call, long account, @Nullable Predicate predicate, Decoded callback, long budget) {
    if (callback.instruction() == null) {
      return call.none(callback.code());
    }
    if (predicate == null) {
      return call.none(AsyncCode.INVALID_ARGUMENT);
    }
    AsyncCode code = Checks.first(Checks.budget(call, budget), Checks.room(call, Kind.WATCHER));
    if (code != AsyncCode.SUCCESS) {
      return call.none(code);
    }
    Draft draft =
        new Draft(call.owner(), Kind.WATCHER)
            .executes(callback.instruction(), budget)
            .watches(new Watch(call.key(account), predicate));
    return call.registry().add(draft).id;
  }

  private static long remove(Call call, long id, long r2, long r3, long r4, long r5) {
    Registration registration = call.registry().find(id);
    if (registration == null
        || registration.kind().quota() != Kind.Quota.WATCHERS
        || registration.owner != call.owner()) {
      return call.refuse(AsyncCode.INVALID_WATCHER);
    }
    call.registry().cancel(registration, "removed");
    return 0;
  }
}
