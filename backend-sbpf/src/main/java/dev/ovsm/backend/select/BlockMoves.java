package dev.ovsm.backend.select;

import dev.ovsm.ir.Inst;
import java.util.ArrayList;
import java.util.List;

/** How to copy or clear a constant number of bytes without a call: pieces of 8, 4, 2 or 1 bytes. */
final class BlockMoves {
  /** Larger ones cost more than the call of a syscall, its arguments and its 10 units. */
  private static final int LARGEST_COPY = 64;

  private static final int LARGEST_ZERO = 104;

  private BlockMoves() {}

  /** A run of bytes moved by one instruction. */
  record Piece(int offset, int bytes) {}

  static boolean isInline(Inst.Copy copy) {
    return copy.bytes() <= LARGEST_COPY;
  }

  static boolean isInline(Inst.Zero zero) {
    return zero.bytes() <= LARGEST_ZERO;
  }

  /** Pieces that cover {@code bytes} bytes; the last one may overlap the one before. */
  static List<Piece> pieces(int bytes) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < bytes) {
      int left = bytes - at;
      int size = left >= 8 ? 8 : Integer.highestOneBit(left);
      int next = 2 * size;
      if (size != left && next <= 8 && next <= bytes) {
        pieces.add(new Piece(bytes - next, next));
        return pieces;
      }
      pieces.add(new Piece(at, size));
      at += size;
    }
    return pieces;
  }
}
