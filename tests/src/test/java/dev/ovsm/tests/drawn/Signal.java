package dev.ovsm.tests.drawn;

import java.math.BigInteger;

/** What leaves an expression other than by its value. */
class Signal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Signal() {
    super(null, null, false, false);
  }

  /** An error, which ends the invocation unless something catches it. */
  static final class Failure extends Signal {
    private static final long serialVersionUID = 1;
    private final BigInteger code;

    Failure(long code) {
      this(BigInteger.valueOf(code));
    }

    Failure(BigInteger code) {
      this.code = code;
    }

    BigInteger code() {
      return code;
    }
  }

  /** The end of the invocation, which nothing catches: a call of another program that failed. */
  static final class Aborted extends Signal {
    private static final long serialVersionUID = 1;
    private final String end;

    Aborted(String end) {
      this.end = end;
    }

    /** The error as the RPC writes it. */
    String end() {
      return end;
    }
  }

  /** A value on its way to the catch of a tag. */
  static final class Thrown extends Signal {
    private static final long serialVersionUID = 1;
    private final int tag;
    private final transient Object value;

    Thrown(int tag, Object value) {
      this.tag = tag;
      this.value = value;
    }

    int tag() {
      return tag;
    }

    Object value() {
      return value;
    }
  }

  /** The value of a function on its way to the caller. */
  static final class Returned extends Signal {
    private static final long serialVersionUID = 1;
    private final transient Object value;

    Returned(Object value) {
      this.value = value;
    }

    Object value() {
      return value;
    }
  }

  /** The end of a loop, or of a round. */
  static final class Jump extends Signal {
    private static final long serialVersionUID = 1;
    private final boolean leaves;

    Jump(boolean leaves) {
      this.leaves = leaves;
    }

    boolean leaves() {
      return leaves;
    }
  }

  /** The program does more than is worth trying. */
  static final class Exhausted extends Signal {
    private static final long serialVersionUID = 1;
  }
}
