package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address space of one invocation: regions of 2<sup>32</sup> addresses, each behind one array
 * or several pieces.
 *
 * <p>A region that one whole array fills stands in the tables {@link #readable} and {@link
 * #writable} under its number; every other entry is empty, so that an index is in bounds there only
 * if the access is allowed. What the tables refuse is looked up piece by piece. Only system calls
 * change the mapping.
 *
 * <p>Stack, heap and input are not writable by the table until they have been written a few times:
 * each of the first stores comes here and is noted. Most invocations write little, and what they
 * have not written need not be cleared before others use the arrays.
 */
public final class Memory {
  private static final int REGIONS = 6;
  private static final int STACK = (int) (MemoryMap.STACK >>> 32);
  private static final int HEAP = (int) (MemoryMap.HEAP >>> 32);
  private static final int INPUT = (int) (MemoryMap.INPUT >>> 32);
  private static final byte[] EMPTY = {};

  private final byte[][] readable = new byte[REGIONS][];
  private final byte[][] writable = new byte[REGIONS][];
  private final Version version;
  private final boolean stackFrameGaps;
  private final byte[] stack;

  /** What may have been written of stack, heap and input, by region; null for the others. */
  private final @Nullable Written[] written = new Written[REGIONS];

  private final Pieces pieces;

  /** Maps the program's image, a zeroed stack, a zeroed heap, and input that it may write. */
  public Memory(Executable executable, int heapBytes, byte[] input) {
    this(executable, heapBytes, List.of(new Piece(MemoryMap.INPUT, input, true)));
  }

  /** Maps the program's image, a zeroed stack, a zeroed heap, and the given pieces. */
  public Memory(Executable executable, int heapBytes, List<Piece> input) {
    this(
        executable,
        new Piece(MemoryMap.HEAP, new byte[heapBytes], true),
        new byte[MemoryMap.STACK_BYTES],
        input.toArray(new Piece[0]));
  }

  /**
   * Like the others, with a heap and {@link MemoryMap#STACK_BYTES} for the stack, all bytes of them
   * zero.
   */
  public Memory(Executable executable, Piece heap, byte[] stack, Piece... input) {
    this.stack = stack;
    version = executable.program().version();
    stackFrameGaps = executable.stackFrameGaps();
    written[STACK] = new Written();
    written[HEAP] = new Written();
    written[INPUT] = new Written();
    int fixed = stackFrameGaps ? 2 : 3;
    Piece[] all = new Piece[fixed + input.length];
    all[0] = executable.image();
    all[1] = heap;
    if (!stackFrameGaps) {
      all[2] = new Piece(MemoryMap.STACK, stack, true);
    }
    System.arraycopy(input, 0, all, fixed, input.length);
    pieces = new Pieces(all);
    remap();
  }

  /** Maps one more piece, which must not overlap the others. */
  public void map(Piece piece) {
    pieces.add(piece);
    remap();
  }

  /** Unmaps the piece that begins at an address, if there is one. */
  public void unmap(long address) {
    pieces.removeAt(address);
    remap();
  }

  /** The piece that begins at or before an address and nearest to it, or null. */
  public @Nullable Piece pieceAt(long address) {
    return pieces.before(address);
  }

  /** The whole heap. */
  public byte[] heap() {
    return readable[HEAP];
  }

  /** The whole stack, without the gaps that the program sees between frames. */
  public byte[] stack() {
    return stack;
  }

  /** Tells that the first bytes of the stack may have been written without anybody noting it. */
  public void wroteStack(int bytes) {
    note(STACK, 0, Math.min(bytes, stack.length));
  }

  /** Makes the stack as it was in the beginning: full of zeros. */
  public void clearStack() {
    clear(STACK, stack);
  }

  /** Makes the heap as it was in the beginning: full of zeros. */
  public void clearHeap() {
    clear(HEAP, heap());
  }

  /** Fills what may have been written of an input region, which one array fills, with zeros. */
  public void clearInput() {
    clear(INPUT, readable[INPUT]);
  }

  /** The array of each region that can be read by plain indexing; do not change the table. */
  public byte[][] readable() {
    return readable;
  }

  /**
   * The array of each region that can be written by plain indexing by now; do not change the table.
   */
  public byte[][] writable() {
    return writable;
  }

  /**
   * The array of an address's region, made writable by plain indexing for somebody who is about to
   * write it often; an empty one if it cannot be.
   */
  public byte[] open(long address) {
    Written noted = address >>> 32 < REGIONS ? written[(int) (address >>> 32)] : null;
    if (noted != null) {
      open((int) (address >>> 32), noted);
    }
    return region(writable, address);
  }

  /**
   * Finds {@code length} bytes at {@code address} for a system call.
   *
   * @param length unsigned; 0 needs a mapped address too
   * @throws Fault without a place if they are not in one piece that allows the access
   */
  public Slice translate(long address, long length, Access access) {
    Slice slice = find(address, length, access);
    if (slice == null) {
      throw new Refusal(pieces, version, stackFrameGaps).of(address, length, access);
    }
    return slice;
  }

  /** Reads 1, 2, 4 or 8 bytes, zero-extended; faults as {@link #translate}. */
  public long load(long address, int bytes) {
    int inFrame = stackFrameGaps ? indexInFrames(address, bytes) : -1;
    if (inFrame >= 0) {
      return Words.get(stack, inFrame, bytes);
    }
    Slice slice = translate(address, bytes, Access.LOAD);
    return Words.get(slice.bytes(), slice.offset(), bytes);
  }

  /** Writes the low 1, 2, 4 or 8 bytes of a value; faults as {@link #translate}. */
  public void store(long address, int bytes, long value) {
    int inFrame = stackFrameGaps ? indexInFrames(address, bytes) : -1;
    if (inFrame >= 0) {
      note(STACK, inFrame, inFrame + bytes);
      Words.set(stack, inFrame, bytes, value);
    } else {
      Slice slice = translate(address, bytes, Access.STORE);
      Words.set(slice.bytes(), slice.offset(), bytes, value);
    }
  }

  long load1(long address) {
    byte[] array = region(readable, address);
    int at = (int) address;
    return at >= 0 && at < array.length ? array[at] & 0xFFL : load(address, 1);
  }

  long load2(long address) {
    byte[] array = region(readable, address);
    int at = (int) address;
    boolean inside = at >= 0 && at < array.length - 1;
    return inside ? (short) Words.SHORT.get(array, at) & 0xFFFFL : load(address, 2);
  }

  long load4(long address) {
    byte[] array = region(readable, address);
    int at = (int) address;
    boolean inside = at >= 0 && at < array.length - 3;
    return inside ? (int) Words.INT.get(array, at) & 0xFFFF_FFFFL : load(address, 4);
  }

  long load8(long address) {
    byte[] array = region(readable, address);
    int at = (int) address;
    return at >= 0 && at < array.length - 7 ? (long) Words.LONG.get(array, at) : load(address, 8);
  }

  void store1(long address, long value) {
    byte[] array = region(writable, address);
    int at = (int) address;
    if (at >= 0 && at < array.length) {
      array[at] = (byte) value;
    } else {
      store(address, 1, value);
    }
  }

  void store2(long address, long value) {
    byte[] array = region(writable, address);
    int at = (int) address;
    if (at >= 0 && at < array.length - 1) {
      Words.SHORT.set(array, at, (short) value);
    } else {
      store(address, 2, value);
    }
  }

  void store4(long address, long value) {
    byte[] array = region(writable, address);
    int at = (int) address;
    if (at >= 0 && at < array.length - 3) {
      Words.INT.set(array, at, (int) value);
    } else {
      store(address, 4, value);
    }
  }

  void store8(long address, long value) {
    byte[] array = region(writable, address);
    int at = (int) address;
    if (at >= 0 && at < array.length - 7) {
      Words.LONG.set(array, at, value);
    } else {
      store(address, 8, value);
    }
  }

  private static byte[] region(byte[][] table, long address) {
    int region = (int) (address >>> 32);
    return region >= 0 && region < REGIONS ? table[region] : EMPTY;
  }

  private @Nullable Slice find(long address, long length, Access access) {
    if (stackFrameGaps && address >>> 32 == MemoryMap.STACK >>> 32) {
      return findInFrames(address, length, access);
    }
    Piece piece = pieces.before(address);
    if (piece == null) {
      return null;
    }
    long begin = address - piece.address();
    boolean begins = Long.compareUnsigned(begin, piece.length()) <= 0;
    boolean ends = Long.compareUnsigned(length, piece.length() - begin) <= 0;
    if (!begins || !ends || (access == Access.STORE && !piece.writable())) {
      return null;
    }
    int from = piece.offset() + (int) begin;
    if (access == Access.STORE) {
      noteStore((int) (address >>> 32), from, from + (int) length);
    }
    return new Slice(piece.bytes(), from, (int) length);
  }

  private @Nullable Slice findInFrames(long address, long length, Access access) {
    int index = indexInFrames(address, length);
    if (index < 0) {
      return null;
    }
    if (access == Access.STORE) {
      note(STACK, index, index + (int) length);
    }
    return new Slice(stack, index, (int) length);
  }

  /**
   * Where bytes lie in the stack without its gaps; -1 if not there. Only the first byte must not
   * lie in a gap: beyond a frame's end the next frame follows.
   */
  private int indexInFrames(long address, long length) {
    long begin = address - MemoryMap.STACK;
    if (begin < 0 || begin >= 2L * MemoryMap.STACK_BYTES || (begin & MemoryMap.FRAME_BYTES) != 0) {
      return -1;
    }
    int offset = (int) ((begin & -MemoryMap.FRAME_BYTES) >>> 1 | begin % MemoryMap.FRAME_BYTES);
    return length < 0 || length > stack.length - offset ? -1 : offset;
  }

  private void remap() {
    Arrays.fill(readable, EMPTY);
    Arrays.fill(writable, EMPTY);
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.isRegion(i)) {
        int region = pieces.regionOf(i);
        Piece piece = pieces.get(i);
        Written noted = written[region];
        readable[region] = piece.bytes();
        if (noted == null && piece.writable()) {
          writable[region] = piece.bytes();
        } else if (noted != null && noted.isOften()) {
          open(region, noted);
        }
      }
    }
  }

  private void note(int region, int from, int to) {
    Written noted = written[region];
    if (noted != null) {
      noted.add(from, to);
    }
  }

  /** Notes a store that the table refused; after a few of them it refuses no more. */
  private void noteStore(int region, int from, int to) {
    Written noted = written[region];
    if (noted != null) {
      noted.add(from, to);
      if (noted.isOften()) {
        open(region, noted);
      }
    }
  }

  private void open(int region, Written noted) {
    Piece piece = pieceAt((long) region << 32);
    if (readable[region].length > 0 && piece != null && piece.writable()) {
      noted.add(0, readable[region].length);
      writable[region] = readable[region];
    }
  }

  private void clear(int region, byte[] bytes) {
    Written noted = written[region];
    if (noted != null) {
      noted.clear(bytes);
    }
  }
}
