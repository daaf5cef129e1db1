package dev.ovsm.ir;

/** What an operation does when its mathematical result does not fit its type. */
public enum Mode {
  /** Fails the invocation with {@link Failure#OVERFLOW} or {@link Failure#DIVISION_BY_ZERO}. */
  CHECK,
  /** Keeps the low bits. */
  WRAP,
  /** It always fits: a fact proved by an analysis, recomputed and checked by the verifier. */
  EXACT;

  /** The suffix in text IR: nothing for {@code CHECK}, else {@code .wrap} or {@code .exact}. */
  public String suffix() {
    return switch (this) {
      case CHECK -> "";
      case WRAP -> ".wrap";
      case EXACT -> ".exact";
    };
  }
}
