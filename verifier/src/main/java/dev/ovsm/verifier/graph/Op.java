package dev.ovsm.verifier.graph;

import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.domain.Word;

/**
 * What a {@link Node} does with its inputs; every value is a 64-bit word.
 *
 * <p>Inputs are named in the order in which a node has them.
 */
public sealed interface Op {
  /** Calls the visitor's method for this kind of operation. */
  <R> R accept(Visitor<R> visitor);

  /** The function's argument of this index. */
  record Parameter(int index) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record Constant(long value) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The input that belongs to the predecessor that control came from.
   *
   * @param within what its type admits: the inputs are among these words
   */
  record Phi(Word within) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Left and right; the path ends where the operator has no result. */
  record Arithmetic(Operator operator) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The low bits of the operand, zero- or sign-extended. */
  record Extend(int bits, boolean signed) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The low bytes of the operand in reverse order, zero-extended. */
  record Swap(int bytes) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** 1 if the relation holds between left and right, else 0. */
  record Compare(Relation relation) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The second input if the first is not 0, else the third. */
  record Select() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The first input; the path ends unless it stands in the relation to the second. */
  record Require(Relation relation) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The address of an object of the program's own making.
   *
   * @param from the object's first byte, counted from the address
   * @param to the byte after its last one
   */
  record Address(Memory memory, int object, long from, long to) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The bytes at an address, little-endian, zero- or sign-extended; where there is a second input,
   * it is the same word, told by the call that left it there.
   */
  record Load(int bytes, boolean signed) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Writes the low bytes of the second input to the address that is the first. */
  record Store(int bytes) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Copies bytes to the first address from the second. */
  record Copy(long bytes) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Sets bytes at an address to zero. */
  record Zero(long bytes) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Calls a function of the subject by its index, with arguments. */
  record Call(int callee) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Calls whatever function lies at the address that is the first input. */
  record CallIndirect(Callee callee) implements Op {
    /** Why it is not known what is called. */
    public enum Callee {
      /** Its address is only known when it runs. */
      ADDRESS,
      /** It is this very function, which is too long to be looked into. */
      LONG,
      /** It is this very function, which has too many loops. */
      LOOPS,
      /** It is this very function, whose loops lie too deep in each other. */
      DEEP
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Calls the runtime by the hash of a symbol, with r1, r2, …; of a call of another program the
   * addresses may follow by which it writes, all or none of them.
   */
  record Syscall(int hash) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The second result of a function, at its end: what its caller finds in r1. */
  record Second() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The second result of the call that is the input. */
  record SecondOf() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The bytes that lie at a distance from an argument when the function ends, zero-extended.
   *
   * @param argument its index from 0
   */
  record Left(int argument, long from, int bytes) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** What the call that is the input left at a place. */
  record LeftOf(Left place) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A word of which nothing is known. */
  record Unknown() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Where an object lies. */
  enum Memory {
    /** In the function's own frame. */
    FRAME,
    /** In the program's read-only data. */
    READ_ONLY
  }

  /** One method for each kind of operation. */
  interface Visitor<R> {
    R visit(Parameter op);

    R visit(Constant op);

    R visit(Phi op);

    R visit(Arithmetic op);

    R visit(Extend op);

    R visit(Swap op);

    R visit(Compare op);

    R visit(Select op);

    R visit(Require op);

    R visit(Address op);

    R visit(Load op);

    R visit(Store op);

    R visit(Copy op);

    R visit(Zero op);

    R visit(Call op);

    R visit(CallIndirect op);

    R visit(Syscall op);

    R visit(Second op);

    R visit(SecondOf op);

    R visit(Left op);

    R visit(LeftOf op);

    R visit(Unknown op);
  }
}
