package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words of the heap that hold addresses of accounts, or small numbers such as the zeros that are
 * there at first; whatever else is stored over one makes it a word like any other.
 */
final class HeapCells {
  private final List<Held> all = new ArrayList<>();

  /** Whole words, from an address up to, but without, another. */
  record Cell(long from, long to) {}

  private static final class Held {
    private final long from;
    private final long to;
    private Step step = Step.NONE;

    Held(long from, long to) {
      this.from = from;
      this.to = to;
    }

    boolean meets(Word address, long bytes) {
      return Long.compareUnsigned(address.umin(), to) < 0
          && (address.umax() < 0 || address.umax() > from - bytes);
    }

    boolean includes(Word address) {
      return Long.compareUnsigned(address.umin(), from) >= 0
          && Long.compareUnsigned(address.umax(), to - Long.BYTES) <= 0;
    }
  }

  /** Cells that overlap are one; none if there are too many, or they do not begin with a word. */
  static HeapCells of(List<Cell> loaded, int most) {
    List<Cell> sorted = new ArrayList<>(loaded);
    sorted.sort(Comparator.comparingLong(Cell::from).thenComparingLong(Cell::to));
    HeapCells cells = new HeapCells();
    long from = 0;
    long to = 0;
    for (Cell cell : sorted) {
      if (cell.from < to) {
        to = Math.max(to, cell.to);
      } else {
        cells.add(from, to);
        from = cell.from;
        to = cell.to;
      }
    }
    cells.add(from, to);
    if (cells.all.size() > most) {
      cells.clear();
    }
    return cells;
  }

  private void add(long from, long to) {
    if (from < to && from % Long.BYTES == 0 && to % Long.BYTES == 0) {
      all.add(new Held(from, to));
    }
  }

  /** What is loaded from an address, or null if it may be anything. */
  @Nullable Base held(Word address) {
    for (Held cell : all) {
      if (!address.isEmpty() && cell.includes(address) && address.isMultipleOf(Long.BYTES)) {
        return Base.of(Base.Kind.INPUT_OR_SMALL).plus(cell.step);
      }
    }
    return null;
  }

  /**
   * Something is stored at an address; whether less is known now.
   *
   * @param bytes how many at most, up to a region's
   * @param value what a whole word counts from, or null if that is not known
   */
  boolean store(Word address, long bytes, @Nullable Base value) {
    boolean changed = false;
    for (Held cell : List.copyOf(all)) {
      if (address.isEmpty() || !cell.meets(address, bytes)) {
        continue;
      }
      if (value == null || !address.isMultipleOf(Long.BYTES) || !value.isKept()) {
        all.remove(cell);
        changed = true;
      } else {
        Step both = cell.step.join(value.step());
        changed |= !both.equals(cell.step);
        cell.step = both;
      }
    }
    return changed;
  }

  /** Nothing is known of any word; whether anything was. */
  boolean clear() {
    boolean changed = !all.isEmpty();
    all.clear();
    return changed;
  }
}
