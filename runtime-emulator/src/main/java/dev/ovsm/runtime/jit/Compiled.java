package dev.ovsm.runtime.jit;

/** A compiled program. */
final class Compiled {
  private final Unit[] unitOf;
  private final int[] functionAt;
  private final int[] remainders;

  /**
   * Puts the parts together.
   *
   * @param unitOf the unit of each function
   * @param functionAt by slot: the function that begins there and may be called by address, or -1
   * @param remainders by slot: how many instructions follow in the same block
   */
  Compiled(Unit[] unitOf, int[] functionAt, int[] remainders) {
    this.unitOf = unitOf;
    this.functionAt = functionAt;
    this.remainders = remainders;
  }

  Unit unitOf(int function) {
    return unitOf[function];
  }

  int functionAt(int slot) {
    return functionAt[slot];
  }

  int remainderOfBlock(int slot) {
    return remainders[slot];
  }
}
