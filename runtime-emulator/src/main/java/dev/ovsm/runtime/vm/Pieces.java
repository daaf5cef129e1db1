package dev.ovsm.runtime.vm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The pieces of an address space in the order of their addresses; none overlaps another one. */
final class Pieces {
  private Piece[] pieces;

  /** Takes over an array of pieces in any order. */
  Pieces(Piece[] pieces) {
    this.pieces = pieces;
    sort(pieces);
  }

  int size() {
    return pieces.length;
  }

  Piece get(int index) {
    return pieces[index];
  }

  void add(Piece piece) {
    pieces = Arrays.copyOf(pieces, pieces.length + 1);
    pieces[pieces.length - 1] = piece;
    sort(pieces);
  }

  /** Takes away the piece that begins at an address, if there is one. */
  void removeAt(long address) {
    Piece[] kept = new Piece[pieces.length];
    int count = 0;
    for (Piece piece : pieces) {
      if (piece.address() != address) {
        kept[count++] = piece;
      }
    }
    pieces = Arrays.copyOf(kept, count);
  }

  /** The piece that begins at or before an address and nearest to it, or null. */
  @Nullable Piece before(long address) {
    int low = 0;
    int high = pieces.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(pieces[middle].address(), address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : pieces[low - 1];
  }

  /** The region of a piece; -1 if there is none of this index. */
  int regionOf(int index) {
    return index < 0 || index == pieces.length ? -1 : (int) (pieces[index].address() >>> 32);
  }

  /** Whether a piece has its region to itself and fills it from the start with a whole array. */
  boolean isRegion(int index) {
    int region = regionOf(index);
    boolean alone = region != regionOf(index - 1) && region != regionOf(index + 1);
    return alone && pieces[index].isWholeRegion();
  }

  /** There are few, and they are nearly in order. */
  private static void sort(Piece[] pieces) {
    for (int i = 1; i < pieces.length; i++) {
      Piece piece = pieces[i];
      int at = i;
      for (; at > 0 && pieces[at - 1].address() > piece.address(); at--) {
        pieces[at] = pieces[at - 1];
      }
      pieces[at] = piece;
    }
  }
}
