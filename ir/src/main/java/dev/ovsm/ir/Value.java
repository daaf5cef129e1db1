package dev.ovsm.ir;

/** An SSA value: defined once in its function, by an instruction or as a block parameter. */
public record Value(int id, Type type) {
  @Override
  public String toString() {
    return "%" + id;
  }
}
