package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;

/**
 * What a registration watches, and what has happened since its callback last ran.
 *
 * <p>Invariant: {@code count} is 0 exactly while no activation that gathers changes is pending.
 */
final class Watch {
  final Pubkey account;
  final Predicate predicate;

  /** What a {@link Predicate.Move} compares with: the account as it was when it last fired. */
  Account reference = Account.EMPTY;

  /** The account before the first change not yet told. */
  Account baseline = Account.EMPTY;

  /** Changes or crossings not yet told. */
  long count;

  /** Whether the transaction that registered it has committed; before, it sees nothing. */
  private boolean installed;

  Watch(Pubkey account, Predicate predicate) {
    this.account = account;
    this.predicate = predicate;
  }

  /** Begins to watch an account in this state. */
  void install(Account now) {
    reference = now;
    installed = true;
  }

  /** Whether it has begun to. */
  boolean isInstalled() {
    return installed;
  }

  /** Counts one change, before which the account was like this. */
  void count(Account before) {
    if (count++ == 0) {
      baseline = before;
    }
  }

  /** Whether a committed change counts; if so it is remembered. */
  boolean sees(Account before, Account after) {
    if (!installed) {
      return false;
    }
    Account from = predicate instanceof Predicate.Move ? reference : before;
    boolean counts = predicate.fires(from, after);
    if (counts || (predicate instanceof Predicate.Move move && !move.isPresent(reference))) {
      reference = after;
    }
    if (counts) {
      count(from);
    }
    return counts;
  }

  /** What the callback is told of the changes so far. */
  byte[] payload(Account now) {
    return new LittleEndian(Payload.WATCH_BYTES)
        .u64(predicate.value(baseline))
        .u64(predicate.value(now))
        .u32(Math.min(count, 0xFFFF_FFFFL))
        .u8(predicate.stillHolds(baseline, now) ? 1 : 0)
        .bytes();
  }

  /** What the callback is told of the changes so far, of which there are none afterwards. */
  byte[] takePayload(Account now) {
    byte[] payload = payload(now);
    count = 0;
    baseline = Account.EMPTY;
    return payload;
  }
}
