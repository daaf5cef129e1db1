package dev.ovsm.ir;

/** Comparisons of two values of one type, by its signedness; the result is {@code BOOL}. */
public enum Comparison {
  EQ("eq"),
  NE("ne"),
  LT("lt"),
  LE("le"),
  GT("gt"),
  GE("ge");

  private final String word;

  Comparison(String word) {
    this.word = word;
  }

  /** The name in text IR. */
  public String word() {
    return word;
  }

  /** The comparison that holds exactly when this one does not. */
  public Comparison negated() {
    return switch (this) {
      case EQ -> NE;
      case NE -> EQ;
      case LT -> GE;
      case LE -> GT;
      case GT -> LE;
      case GE -> LT;
    };
  }

  /** The comparison with its operands exchanged. */
  public Comparison swapped() {
    return switch (this) {
      case EQ -> EQ;
      case NE -> NE;
      case LT -> GT;
      case LE -> GE;
      case GT -> LT;
      case GE -> LE;
    };
  }
}
