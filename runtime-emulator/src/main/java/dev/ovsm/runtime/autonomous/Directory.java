package dev.ovsm.runtime.autonomous;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Registrations by id.
 *
 * <p>Ids are given one after the other, so they are kept in shelves of consecutive ones: most that
 * are looked for, added or removed are on the shelf of the one before.
 */
final class Directory {
  private static final int BITS = 6;
  private static final int WIDTH = 1 << BITS;

  private static final Shelf NONE = new Shelf(-1);

  private final NavigableMap<Long, Shelf> shelves = new TreeMap<>();
  private Shelf last = NONE;

  /** Places for consecutive ids. */
  private static final class Shelf {
    private final long number;
    private final @Nullable Registration[] places = new Registration[WIDTH];
    private int count;

    Shelf(long number) {
      this.number = number;
    }
  }

  @Nullable Registration find(long id) {
    Shelf shelf = shelf(id >>> BITS);
    return shelf == null ? null : shelf.places[(int) id & (WIDTH - 1)];
  }

  void add(Registration registration) {
    long number = registration.id >>> BITS;
    Shelf shelf = shelf(number);
    if (shelf == null) {
      shelf = new Shelf(number);
      shelves.put(number, shelf);
      last = shelf;
    }
    int place = (int) registration.id & (WIDTH - 1);
    shelf.count += shelf.places[place] == null ? 1 : 0;
    shelf.places[place] = registration;
  }

  /** Takes a registration out, if it is there. */
  void remove(Registration registration) {
    Shelf shelf = shelf(registration.id >>> BITS);
    int place = (int) registration.id & (WIDTH - 1);
    if (shelf == null || shelf.places[place] == null) {
      return;
    }
    shelf.places[place] = null;
    shelf.count--;
    if (shelf.count == 0) {
      shelves.remove(shelf.number);
      last = NONE;
    }
  }

  /** All of them as they are now, in order of creation. */
  List<Registration> all() {
    List<Registration> all = new ArrayList<>();
    for (Shelf shelf : shelves.values()) {
      for (Registration registration : shelf.places) {
        if (registration != null) {
          all.add(registration);
        }
      }
    }
    return all;
  }

  private @Nullable Shelf shelf(long number) {
    if (last.number == number) {
      return last;
    }
    Shelf found = shelves.get(number);
    last = found == null ? last : found;
    return found;
  }
}
