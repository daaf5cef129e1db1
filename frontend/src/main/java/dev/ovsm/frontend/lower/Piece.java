package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Value;
import java.util.List;

/** A stretch of a line that is logged: constant text, or a value. */
sealed interface Piece {
  /** The most bytes that it takes. */
  int most();

  /**
   * The most bytes that may be written for it as far as its code shows, which goes through all the
   * digits that there may be: no less than it takes.
   */
  int reach();

  static int most(List<Piece> pieces) {
    return pieces.stream().mapToInt(Piece::most).sum();
  }

  static int reach(List<Piece> pieces) {
    return pieces.stream().mapToInt(Piece::reach).sum();
  }

  record Fixed(byte[] bytes) implements Piece {
    @Override
    public int most() {
      return bytes.length;
    }

    @Override
    public int reach() {
      return bytes.length;
    }
  }

  record Computed(List<Value> words, Type type) implements Piece {
    private static final int LONGEST_TEXT = 256;
    private static final int NARROW = 20;

    /** Five groups of nine digits. */
    private static final int WIDE = 45;

    private static final int DECIMALS = 6;

    /** A sign, two numbers of 20 digits, a point with 16, and what tells the power of ten. */
    private static final int LARGE = 59;

    @Override
    public int most() {
      if (type instanceof Type.Int number) {
        return Math.max(4, (number.bits() * 78 + 255) / 256 + 1);
      }
      if (type instanceof Basic basic) {
        return switch (basic) {
          case BOOL -> 5;
          case PUBKEY -> 45;
          case STRING, BYTES -> LONGEST_TEXT;
          case F64, DECIMAL, CODE, ID, UNIT, NEVER, BROKEN -> 48;
        };
      }
      return 48;
    }

    @Override
    public int reach() {
      return Math.max(most(), digits());
    }

    private int digits() {
      if (type instanceof Type.Int number) {
        return (number.bits() > 64 ? WIDE : NARROW) + (number.signed() ? 1 : 0);
      }
      return type == Basic.DECIMAL ? WIDE + DECIMALS + 2 : type == Basic.F64 ? LARGE : 0;
    }
  }

  /** Pieces that are there only if a condition holds; else constant text is. */
  record Optional(Value present, List<Piece> pieces, byte[] otherwise) implements Piece {
    @Override
    public int most() {
      return Math.max(otherwise.length, Piece.most(pieces));
    }

    @Override
    public int reach() {
      return Math.max(otherwise.length, Piece.reach(pieces));
    }
  }
}
