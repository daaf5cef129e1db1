package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Criteria.Field;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which step from one committed version of an account to another counts for a watcher.
 *
 * <p>Data shorter than what a predicate reads never matches and is no error.
 */
sealed interface Predicate {
  /** Whether the step counts. */
  boolean fires(Account before, Account after);

  /** Whether it holds of the account as it is; differences hold of no account. */
  boolean holds(Account account);

  /** Whether what a step away from {@code baseline} told is still so. */
  boolean stillHolds(Account baseline, Account now);

  /** The number that the callback is told for a version of the account, 0 if there is none. */
  long value(Account account);

  /** Any real difference of a field, or of any field if it is null. */
  record Difference(@Nullable Field field) implements Predicate {
    @Override
    public boolean fires(Account before, Account after) {
      return (covers(Field.LAMPORTS) && before.lamports() != after.lamports())
          || (covers(Field.OWNER) && !before.owner().equals(after.owner()))
          || (covers(Field.DATA) && !Arrays.equals(before.data(), after.data()));
    }

    private boolean covers(Field which) {
      return field == null || field == which;
    }

    @Override
    public boolean holds(Account account) {
      return false;
    }

    @Override
    public boolean stillHolds(Account baseline, Account now) {
      return fires(baseline, now);
    }

    /** Lamports, or the first eight bytes of the data or of the owner. */
    @Override
    public long value(Account account) {
      if (field == Field.DATA) {
        byte[] data = account.data();
        return number(data, 0, Math.min(data.length, Long.BYTES));
      }
      return field == Field.OWNER ? Long.reverseBytes(account.owner().word0()) : account.lamports();
    }
  }

  /** The owner becomes this program. */
  record OwnerBecomes(Pubkey owner) implements Predicate {
    @Override
    public boolean fires(Account before, Account after) {
      return !holds(before) && holds(after);
    }

    @Override
    public boolean holds(Account account) {
      return account.owner().equals(owner);
    }

    @Override
    public boolean stillHolds(Account baseline, Account now) {
      return holds(now);
    }

    @Override
    public long value(Account account) {
      return Long.reverseBytes(account.owner().word0());
    }
  }

  /** The data at an offset becomes these bytes. */
  record Pattern(long offset, byte[] bytes) implements Predicate {
    @Override
    public boolean fires(Account before, Account after) {
      return !holds(before) && holds(after);
    }

    @Override
    public boolean holds(Account account) {
      byte[] data = account.data();
      if (!reaches(data, offset, bytes.length)) {
        return false;
      }
      int start = (int) offset;
      return Arrays.equals(data, start, start + bytes.length, bytes, 0, bytes.length);
    }

    @Override
    public boolean stillHolds(Account baseline, Account now) {
      return holds(now);
    }

    /** The first bytes, at most eight, where the pattern is looked for. */
    @Override
    public long value(Account account) {
      int width = Math.min(bytes.length, Long.BYTES);
      byte[] data = account.data();
      return reaches(data, offset, width) ? number(data, (int) offset, width) : 0;
    }
  }

  /** A number comes to compare with a threshold as it should. */
  record Level(Criteria criteria) implements Predicate {
    /** Most steps end where it does not hold, and then what was before does not matter. */
    @Override
    public boolean fires(Account before, Account after) {
      return holds(after) && !holds(before);
    }

    @Override
    public boolean holds(Account account) {
      return isPresent(criteria, account) && criteria.holds(value(account));
    }

    @Override
    public boolean stillHolds(Account baseline, Account now) {
      return holds(now);
    }

    @Override
    public long value(Account account) {
      return operand(criteria, account);
    }
  }

  /** A number moves far enough from what it was when the watcher last fired, or was registered. */
  record Move(Criteria criteria) implements Predicate {
    @Override
    public boolean fires(Account before, Account after) {
      return isPresent(before) && isPresent(after) && criteria.changes(value(before), value(after));
    }

    /** Whether the account has the number at all. */
    boolean isPresent(Account account) {
      return Predicate.isPresent(criteria, account);
    }

    @Override
    public boolean holds(Account account) {
      return false;
    }

    @Override
    public boolean stillHolds(Account baseline, Account now) {
      return fires(baseline, now);
    }

    @Override
    public long value(Account account) {
      return operand(criteria, account);
    }
  }

  private static boolean isPresent(Criteria criteria, Account account) {
    return criteria.field() != Field.DATA
        || reaches(account.data(), criteria.offset(), criteria.width());
  }

  private static long operand(Criteria criteria, Account account) {
    return criteria.mask()
        & switch (criteria.field()) {
          case LAMPORTS -> account.lamports();
          case OWNER -> Long.reverseBytes(account.owner().word0());
          case DATA ->
              isPresent(criteria, account)
                  ? number(account.data(), (int) criteria.offset(), criteria.width())
                  : 0;
        };
  }

  private static boolean reaches(byte[] data, long offset, int width) {
    return offset >= 0 && offset <= data.length - width;
  }

  private static long number(byte[] data, int at, int width) {
    if (width == Long.BYTES) {
      return LittleEndian.u64(data, at);
    }
    long number = 0;
    for (int i = at + width - 1; i >= at; i--) {
      number = (number << Byte.SIZE) | (data[i] & 0xFF);
    }
    return number;
  }
}
