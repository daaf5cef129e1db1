package dev.ovsm.runtime.autonomous;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fees of a transaction that is not over, in the order in which they fell due.
 *
 * <p>They stand in arrays that stay; a {@link Charge} is made of each only when it is paid.
 */
final class Dues {
  private static final int FIRST_CAPACITY = 16;

  private @Nullable Owner[] owners = new Owner[FIRST_CAPACITY];
  private long[] registrations = new long[FIRST_CAPACITY];

  /** How many emitted events each is for; 0 if it is for a registration. */
  private long[] events = new long[FIRST_CAPACITY];

  private int size;
  private long slot;

  int size() {
    return size;
  }

  /** Adds the fee of a registration. */
  void registered(Owner owner, long registration, long now) {
    add(owner, registration, 0, now);
  }

  /** Adds the fee of an event, to that of the events just before if they are the program's too. */
  void emitted(Owner owner, long registration, long now) {
    int last = size - 1;
    if (last >= 0 && events[last] > 0 && owner == owners[last]) {
      events[last]++;
      registrations[last] = registration;
    } else {
      add(owner, registration, 1, now);
    }
  }

  private void add(Owner owner, long registration, long emitted, long now) {
    if (size == owners.length) {
      owners = Arrays.copyOf(owners, 2 * size);
      registrations = Arrays.copyOf(registrations, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    owners[size] = owner;
    registrations[size] = registration;
    events[size++] = emitted;
    slot = now;
  }

  /** What a program owes. */
  long owed(Owner owner) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += owner == owners[i] ? lamports(i) : 0;
    }
    return sum;
  }

  Owner owner(int index) {
    Owner owner = owners[index];
    if (owner == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return owner;
  }

  long lamports(int index) {
    return events[index] == 0
        ? Economy.REGISTRATION_LAMPORTS
        : events[index] * Economy.EVENT_LAMPORTS;
  }

  /** One of them as it is told. */
  Charge charge(int index) {
    return new Charge(
        slot,
        owner(index).program,
        registrations[index],
        events[index] == 0 ? 1 : 0,
        events[index],
        lamports(index));
  }

  void clear() {
    Arrays.fill(owners, 0, size, null);
    size = 0;
  }
}
