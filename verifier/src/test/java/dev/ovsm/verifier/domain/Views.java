package dev.ovsm.verifier.domain;

import java.util.List;

/** What an operation looks at of a set. */
enum Views {
  ALL {
    @Override
    Object of(Word word) {
      return word;
    }
  },
  /** The ends without sign. */
  UNSIGNED {
    @Override
    Object of(Word word) {
      return List.of(word.umin(), word.umax());
    }
  },
  /** The ends with sign. */
  SIGNED {
    @Override
    Object of(Word word) {
      return List.of(word.smin(), word.smax());
    }
  },
  UMIN {
    @Override
    Object of(Word word) {
      return word.umin();
    }
  },
  UMAX {
    @Override
    Object of(Word word) {
      return word.umax();
    }
  },
  SMIN {
    @Override
    Object of(Word word) {
      return word.smin();
    }
  },
  SMAX {
    @Override
    Object of(Word word) {
      return word.smax();
    }
  },
  /** The one word that it is, if it is one. */
  CONSTANT {
    @Override
    Object of(Word word) {
      return word.isConstant() ? word : "more";
    }
  },
  /** The bits that all members have. */
  ONES {
    @Override
    Object of(Word word) {
      return word.bits().known();
    }
  },
  /** The bits that some member may have. */
  POSSIBLE {
    @Override
    Object of(Word word) {
      return word.bits().known() | word.bits().unknown();
    }
  },
  /** The bits, and from which on they repeat the sign. */
  BITS {
    @Override
    Object of(Word word) {
      return List.of(word.bits(), narrow(word));
    }
  },
  BITS_AND_UMIN {
    @Override
    Object of(Word word) {
      return List.of(word.bits(), narrow(word), word.umin());
    }
  },
  BITS_AND_UMAX {
    @Override
    Object of(Word word) {
      return List.of(word.bits(), narrow(word), word.umax());
    }
  },
  /** How far to shift: of a large amount only the rest of a division by the width counts. */
  AMOUNT {
    @Override
    Object of(Word word) {
      int width = word.width();
      if (word.isConstant() || word.umax() < width) {
        return word;
      }
      return Long.bitCount(width) == 1 ? word.bits().and(Bits.constant(width - 1)) : "any";
    }
  };

  /** Words that are equal in it are alike. */
  abstract Object of(Word word);

  private static int narrow(Word word) {
    long magnitude = (word.smin() ^ (word.smin() >> 63)) | (word.smax() ^ (word.smax() >> 63));
    return Long.numberOfLeadingZeros(magnitude);
  }

  /** What an operator looks at of its left or of its right operand. */
  static Views of(Operator operator, boolean left) {
    return switch (operator) {
      case UHMUL, UDIV -> UNSIGNED;
      case SHMUL, SDIV, SREM -> SIGNED;
      case UREM -> left ? ALL : UNSIGNED;
      case SHL, SHR, SAR -> left ? ALL : AMOUNT;
      case AND -> BITS_AND_UMAX;
      case OR -> BITS_AND_UMIN;
      case XOR -> BITS;
      default -> ALL;
    };
  }

  /** What a relation looks at of its right operand to refine the left. */
  static Views of(Relation relation) {
    return switch (relation) {
      case EQ -> ALL;
      case NE -> CONSTANT;
      case ULT, ULE -> UMAX;
      case UGT, UGE -> UMIN;
      case SLT, SLE -> SMAX;
      case SGT, SGE -> SMIN;
      case ANY_BIT -> POSSIBLE;
      case NO_BIT -> ONES;
    };
  }
}
