package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields or elements in memory; who holds the same place sees what others write there. */
record Place(List<Object> cells) {
  /** The absent option. */
  static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  /** The value as it is put somewhere else: places are copied whole. */
  static Object copy(Object value) {
    if (!(value instanceof Place place)) {
      return value;
    }
    List<Object> cells = new ArrayList<>();
    place.cells.forEach(cell -> cells.add(copy(cell)));
    return new Place(cells);
  }

  /** Puts a value into a cell; a place that is there stays the same place with other contents. */
  void put(int index, Object value) {
    Object old = cells.get(index);
    if (old instanceof Place there && value instanceof Place given) {
      Place copied = (Place) copy(given);
      there.cells.clear();
      there.cells.addAll(copied.cells);
    } else {
      cells.set(index, value);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
