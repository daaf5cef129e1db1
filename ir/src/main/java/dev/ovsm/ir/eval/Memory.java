package dev.ovsm.ir.eval;

/** Byte-addressed memory of the machine; little-endian, any alignment. */
public interface Memory {
  /**
   * Reads 1, 2, 4 or 8 bytes, zero-extended.
   *
   * @throws Trap if a byte is not mapped
   */
  long load(long address, int bytes);

  /**
   * Writes the low 1, 2, 4 or 8 bytes.
   *
   * @throws Trap if a byte is not mapped or not writable
   */
  void store(long address, int bytes, long value);
}
