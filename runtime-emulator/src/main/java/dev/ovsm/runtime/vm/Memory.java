package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address space of one invocation: regions of 2<sup>32</sup> addresses, each behind one array
 * or several pieces.
 *
 * <p>A region that one whole array fills stands in the tables {@link #readable} and {@link
 * #writable} under its number; every other entry is empty, so that an index is in bounds there if
 * and only if the access is allowed. What the tables refuse is looked up piece by piece. Only
 * system calls change the mapping.
 */
public final class Memory {
  private static final int REGIONS = 6;
  private static final byte[] EMPTY = {};

  private final byte[][] readable = new byte[REGIONS][];
  private final byte[][] writable = new byte[REGIONS][];
  private final Version version;
  private final boolean stackFrameGaps;
  private final byte[] stack;

  /** How many bytes of the stack, from its begin, may have been written through this. */
  private int written;

  private Piece[] pieces = {};

  /** Maps the program's image, a zeroed stack, a zeroed heap, and input that it may write. */
  public Memory(Executable executable, int heapBytes, byte[] input) {
    this(executable, heapBytes, List.of(new Piece(MemoryMap.INPUT, input, true)));
  }

  /** Maps the program's image, a zeroed stack, a zeroed heap, and the given pieces. */
  public Memory(Executable executable, int heapBytes, List<Piece> input) {
    this(executable, new byte[heapBytes], input, new byte[MemoryMap.STACK_BYTES]);
  }

  /**
   * Like the others, with bytes for the heap and {@link MemoryMap#STACK_BYTES} for the stack, all
   * of them zero.
   */
  public Memory(Executable executable, byte[] heap, List<Piece> input, byte[] stack) {
    this.stack = stack;
    Program program = executable.program();
    version = program.version();
    stackFrameGaps = executable.stackFrameGaps();
    Arrays.fill(readable, EMPTY);
    Arrays.fill(writable, EMPTY);
    List<Piece> all = new ArrayList<>(input.size() + 3);
    all.add(new Piece(program.readOnlyAddress(), program.readOnly(), false));
    if (!stackFrameGaps) {
      all.add(new Piece(MemoryMap.STACK, stack, true));
    }
    all.add(new Piece(MemoryMap.HEAP, heap, true));
    all.addAll(input);
    remap(all);
  }

  /** Maps one more piece, which must not overlap the others. */
  public void map(Piece piece) {
    List<Piece> all = new ArrayList<>(Arrays.asList(pieces));
    all.add(piece);
    remap(all);
  }

  /** Unmaps the piece that begins at an address, if there is one. */
  public void unmap(long address) {
    List<Piece> all = new ArrayList<>(Arrays.asList(pieces));
    all.removeIf(piece -> piece.address() == address);
    remap(all);
  }

  /** The piece that begins at or before an address and nearest to it, or null. */
  public @Nullable Piece pieceAt(long address) {
    int index = indexOf(address);
    return index < 0 ? null : pieces[index];
  }

  /** The whole heap. */
  public byte[] heap() {
    return readable[(int) (MemoryMap.HEAP >>> 32)];
  }

  /** The whole stack, without the gaps that the program sees between frames. */
  public byte[] stack() {
    return stack;
  }

  /** Tells that no byte of the stack behind so many has been written, apart from what was told. */
  public void wroteStack(int bytes) {
    written = Math.min(Math.max(written, bytes), stack.length);
  }

  /** Makes the stack as it was in the beginning: full of zeros. */
  public void clearStack() {
    Arrays.fill(stack, 0, stackFrameGaps ? written : stack.length, (byte) 0);
    written = 0;
  }

  /** The array of each region that can be read by plain indexing; do not change the table. */
  public byte[][] readable() {
    return readable;
  }

  /** The array of each region that can be written by plain indexing; do not change the table. */
  public byte[][] writable() {
    return writable;
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
      throw violation(address, length, access);
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
      wroteStack(inFrame + bytes);
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
    int index = indexOf(address);
    if (index < 0) {
      return null;
    }
    Piece piece = pieces[index];
    long begin = address - piece.address();
    boolean begins = Long.compareUnsigned(begin, piece.length()) <= 0;
    boolean ends = Long.compareUnsigned(length, piece.length() - begin) <= 0;
    if (!begins || !ends || (access == Access.STORE && !piece.writable())) {
      return null;
    }
    return new Slice(piece.bytes(), piece.offset() + (int) begin, (int) length);
  }

  private @Nullable Slice findInFrames(long address, long length, Access access) {
    int index = indexInFrames(address, length);
    if (index < 0) {
      return null;
    }
    if (access == Access.STORE) {
      wroteStack(index + (int) length);
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

  /** The last piece that begins at or before an address, or -1. */
  private int indexOf(long address) {
    int low = 0;
    int high = pieces.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(pieces[middle].address(), address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private void remap(List<Piece> all) {
    all.sort(Comparator.comparingLong(Piece::address));
    pieces = all.toArray(new Piece[0]);
    int[] count = new int[REGIONS];
    for (Piece piece : pieces) {
      int region = (int) (piece.address() >>> 32);
      count[region]++;
      boolean whole = count[region] == 1 && piece.isWholeRegion();
      readable[region] = whole ? piece.bytes() : EMPTY;
      writable[region] = whole && piece.writable() ? piece.bytes() : EMPTY;
    }
    for (int region = 0; region < REGIONS; region++) {
      if (count[region] == 0) {
        readable[region] = EMPTY;
        writable[region] = EMPTY;
      }
    }
  }

  private Fault violation(long address, long length, Access access) {
    long frame = (address - MemoryMap.STACK) / MemoryMap.FRAME_BYTES;
    boolean overflow = address < 0 && address - MemoryMap.STACK > 0;
    if (!version.manualStackFrameBump()
        && !overflow
        && frame >= -1
        && frame <= MemoryMap.MAX_CALL_DEPTH) {
      return Fault.of(
          Fault.Kind.STACK_ACCESS_VIOLATION,
          new Fault.Violation(access, address, length, (int) frame, ""));
    }
    return Fault.of(
        Fault.Kind.ACCESS_VIOLATION,
        new Fault.Violation(access, address, length, 0, regionName(address)));
  }

  private String regionName(long address) {
    if (!isInAnyRegion(address)) {
      return "unallocated";
    }
    if (address >>> 32 == MemoryMap.BYTECODE >>> 32) {
      return "program";
    }
    if (address >>> 32 == MemoryMap.STACK >>> 32) {
      return "stack";
    }
    if (address >>> 32 == MemoryMap.HEAP >>> 32) {
      return "heap";
    }
    return address >>> 32 == MemoryMap.INPUT >>> 32 ? "input" : "allocated";
  }

  private boolean isInAnyRegion(long address) {
    if (stackFrameGaps && address >>> 32 == MemoryMap.STACK >>> 32) {
      return address - MemoryMap.STACK < 2L * MemoryMap.STACK_BYTES;
    }
    Piece piece = pieceAt(address);
    return piece != null && Long.compareUnsigned(address - piece.address(), piece.length()) < 0;
  }
}
