package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.Store.Entry;
import dev.ovsm.runtime.autonomous.model.Store.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** What programs do with rings. */
abstract class RingBook extends Book {
  static final int MOST_EMISSIONS = 100;
  private static final long LEAST = 64;
  private static final long MOST = 1 << 20;
  private static final long USUAL = 4_096;
  private static final int MOST_RINGS = 8;

  int emissions;

  /** The first byte of what was last taken in the invocation. */
  private long taken;

  /** What the operations reserved, and what of all that is still open. */
  private final List<Reserved> reserved = new ArrayList<>();

  private final List<Reserved> open = new ArrayList<>();

  private record Reserved(Store ring, long number) {}

  RingBook(Life life, IntToLongFunction units) {
    super(life, units);
  }

  void beginRings() {
    emissions = 0;
    taken = 0;
    reserved.clear();
    open.clear();
  }

  /** Operations begin anew, and find no reservation that they made. */
  void again() {
    reserved.clear();
  }

  boolean hasOpenReservations() {
    return !open.isEmpty();
  }

  @Nullable Store ring(long id) {
    return state.rings.stream().filter(ring -> ring.id == id).findFirst().orElse(null);
  }

  private @Nullable Store own(int program, long id) {
    Store ring = ring(id);
    return ring != null && ring.owner == program ? ring : null;
  }

  /** Whether it is an operation on rings, done then with what it says in the results. */
  boolean ring(int program, Op op, List<Long> results) {
    if (op instanceof Op.MakeRing make) {
      made(results, make(program, make.size()));
    } else if (op instanceof Op.DestroyRing destroy) {
      Store ring = own(program, destroy.id());
      state.rings.remove(ring);
      coded(results, ring == null ? 8 : 0);
    } else if (op instanceof Op.Push push) {
      coded(results, push(program, push));
    } else if (op instanceof Op.Pop pop) {
      Store ring = own(program, pop.id());
      results.add(ring == null ? refuse(8) : take(ring, pop.room()));
      results.add(taken);
    } else if (op instanceof Op.Reserve reserve) {
      reserve(program, reserve, results);
    } else if (op instanceof Op.Release release) {
      coded(results, release(release));
    } else {
      return false;
    }
    return true;
  }

  private long make(int program, long size) {
    long bytes = size == 0 ? USUAL : size;
    long own = state.rings.stream().filter(ring -> ring.owner == program).count();
    if (bytes < LEAST || bytes > MOST) {
      return refuse(17);
    } else if (closing) {
      return refuse(7);
    } else if (own >= MOST_RINGS) {
      return refuse(10);
    }
    state.rings.add(new Store(nextId, program, bytes));
    return nextId++;
  }

  private @Nullable Store pushable(int program, long id) {
    Store ring = ring(id);
    return ring != null && (ring.owner == program || ring.isOpen) ? ring : null;
  }

  private long push(int program, Op.Push push) {
    Store ring = pushable(program, push.id());
    if (ring == null) {
      return 8;
    } else if (!ring.canHold(push.length())) {
      return 17;
    } else if (emissions == MOST_EMISSIONS) {
      return 16;
    }
    emissions++;
    if (!ring.hasRoom(push.length())) {
      return 9;
    }
    ring.add(push.length(), push.content(), Visibility.READY);
    return 0;
  }

  private long take(Store ring, int room) {
    while (!ring.entries.isEmpty() && ring.entries.get(0).visibility() == Visibility.DISCARDED) {
      ring.entries.remove(0);
    }
    if (ring.entries.isEmpty() || ring.entries.get(0).visibility() == Visibility.BUSY) {
      return 0;
    }
    Entry first = ring.entries.get(0);
    if (first.length() <= room) {
      ring.entries.remove(0);
      taken = first.content();
    }
    return first.length();
  }

  private void reserve(int program, Op.Reserve reserve, List<Long> results) {
    Store ring = pushable(program, reserve.id());
    int code = 0;
    if (ring == null) {
      code = 8;
    } else if (!ring.canHold(reserve.length())) {
      code = 17;
    } else if (!ring.hasRoom(reserve.length())) {
      code = 9;
    }
    results.add(code == 0 ? 1L : 0L);
    results.add(0L);
    codes.add((long) code);
    if (code == 0 && ring != null) {
      Reserved made =
          new Reserved(ring, ring.add(reserve.length(), reserve.content(), Visibility.BUSY));
      reserved.add(made);
      open.add(made);
      results.add(0L);
    } else {
      lastError = code;
      reserved.add(new Reserved(new Store(0, 0, 0), -1));
    }
  }

  private long release(Op.Release release) {
    Reserved made = reserved.get(release.reservation());
    if (made.number < 0) {
      return 1;
    } else if (!open.contains(made)) {
      return 8;
    } else if (release.isSubmitted() && emissions == MOST_EMISSIONS) {
      return 16;
    }
    open.remove(made);
    emissions += release.isSubmitted() ? 1 : 0;
    made.ring.release(made.number, release.isSubmitted() ? Visibility.READY : Visibility.DISCARDED);
    return 0;
  }
}
