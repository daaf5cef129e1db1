package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What is in a map: entries that keep their places, given back ones first to be taken again. */
final class Contents {
  private static final int NOEXIST = 2;
  private static final int EXIST = 3;

  private final boolean evicts;
  private final int most;
  private final List<@Nullable Entry> entries = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();

  /** The places of entries, the one not used for the longest time first. */
  private final List<Integer> used = new ArrayList<>();

  /**
   * An entry.
   *
   * @param id what its key is compared by
   */
  private record Entry(Object id, Object key, Object value) {}

  Contents(boolean evicts, int most) {
    this.evicts = evicts;
    this.most = most;
  }

  /** With zeros of a kind at the first so many numbers. */
  static Contents filled(int most, Kind kind) {
    Contents all = new Contents(false, most);
    for (int i = 0; i < most; i++) {
      all.update(BigInteger.valueOf(i), BigInteger.valueOf(i), Kind.zero(kind), 0);
    }
    return all;
  }

  /** A prefix of two bytes as a key: their bits first, then how many of them count. */
  static BigInteger prefix(int bits, int first, int second) {
    return BigInteger.valueOf((long) first << 24 | (long) second << 16)
        .shiftLeft(Integer.SIZE)
        .or(BigInteger.valueOf(bits));
  }

  private static int bits(BigInteger prefix) {
    return prefix.intValue();
  }

  static String shown(BigInteger prefix) {
    int bytes = prefix.shiftRight(Integer.SIZE).intValue();
    return bits(prefix) + " " + (bytes >>> 24) + " " + (bytes >>> 16 & 255);
  }

  /** The value of the longest prefix of a key; of equal ones the first. */
  @Nullable Object longest(BigInteger key) {
    BigInteger best = null;
    Object found = null;
    for (Entry entry : entries) {
      if (entry != null
          && entry.id instanceof BigInteger prefix
          && bits(prefix) <= bits(key)
          && agree(prefix, key, Math.min(Integer.SIZE, bits(prefix)))
          && (best == null || bits(prefix) > bits(best))) {
        best = prefix;
        found = entry.value;
      }
    }
    return found;
  }

  private static boolean agree(BigInteger a, BigInteger b, int bits) {
    return a.xor(b).shiftRight(Integer.SIZE + Integer.SIZE - bits).signum() == 0;
  }

  private int place(Object id) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry != null && entry.id.equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private void use(int place) {
    used.remove((Integer) place);
    used.add(place);
  }

  @Nullable Object lookup(Object id) {
    int place = place(id);
    if (place < 0) {
      return null;
    }
    use(place);
    Entry entry = entries.get(place);
    return entry == null ? null : entry.value;
  }

  /** 0, or 1 where there should be none, 2 where there should be one, 3 where there is no room. */
  int update(Object id, Object key, Object value, int flag) {
    int place = place(id);
    Entry entry = new Entry(id, Place.copy(key), Place.copy(value));
    if (flag == NOEXIST && place >= 0) {
      return 1;
    }
    if (flag == EXIST) {
      if (place < 0) {
        return 2;
      }
      entries.set(place, entry);
      use(place);
      return 0;
    }
    if (place < 0) {
      place = taken();
      if (place < 0) {
        return 3;
      }
    }
    entries.set(place, entry);
    use(place);
    return 0;
  }

  private int taken() {
    if (!free.isEmpty()) {
      return free.pop();
    }
    if (entries.size() < most) {
      entries.add(null);
      return entries.size() - 1;
    }
    return evicts ? used.remove(0) : -1;
  }

  boolean delete(Object id) {
    int place = place(id);
    if (place < 0) {
      return false;
    }
    entries.set(place, null);
    used.remove((Integer) place);
    free.push(place);
    return true;
  }

  int length() {
    return entries.size() - free.size();
  }

  void each(BiConsumer<Object, Object> action) {
    for (Entry entry : entries) {
      if (entry != null) {
        action.accept(entry.key, entry.value);
      }
    }
  }

  /** Puts a value at the end of a sequence: 0, or 3 where there is no room. */
  int push(Object value) {
    if (entries.size() >= most) {
      return 3;
    }
    entries.add(new Entry(entries.size(), entries.size(), Place.copy(value)));
    return 0;
  }

  /** The value at one end of a sequence. */
  @Nullable Object end(boolean newest, boolean pops) {
    if (entries.isEmpty()) {
      return null;
    }
    int place = newest ? entries.size() - 1 : 0;
    Entry entry = pops ? entries.remove(place) : entries.get(place);
    return entry == null ? null : entry.value;
  }
}
