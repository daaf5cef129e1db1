package dev.ovsm.runtime.vm;

/**
 * A stretch of address space and the bytes behind it; an access lies in one piece as a whole.
 *
 * @param address of the first byte; a piece does not cross a region's end
 * @param offset the index of the first byte in {@code bytes}
 * @param length in bytes; all of them lie inside {@code bytes}
 */
public record Piece(long address, byte[] bytes, int offset, int length, boolean writable) {
  public Piece {
    if (offset < 0 || length < 0 || offset > bytes.length - length) {
      throw new IllegalArgumentException("a piece outside its bytes");
    }
    if (length > 0 && (address ^ (address + length - 1)) >>> 32 != 0) {
      throw new IllegalArgumentException("a piece across regions");
    }
  }

  /** All of {@code bytes}, mapped at {@code address}. */
  public Piece(long address, byte[] bytes, boolean writable) {
    this(address, bytes, 0, bytes.length, writable);
  }

  /** Whether the piece fills its region from the start with a whole array. */
  boolean isWholeRegion() {
    return (int) address == 0 && offset == 0 && length == bytes.length;
  }
}
