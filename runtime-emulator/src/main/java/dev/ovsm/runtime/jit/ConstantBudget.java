package dev.ovsm.runtime.jit;

/** How many entries constants may still take in a class's constant pool, which has 65,535. */
final class ConstantBudget {
  private int left = 30_000;

  /** Takes entries if there are enough left. */
  boolean take(int entries) {
    if (left < entries) {
      return false;
    }
    left -= entries;
    return true;
  }
}
