package dev.ovsm.verifier.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which labels lie in memory, by objects of frames and by bytes in them; all other memory is one
 * cell. Labels are never taken away.
 */
final class Cells {
  private static final long WHOLE = Long.MAX_VALUE;
  private static final List<Piece> NO_PIECES = List.of();

  /** Stands for all nodes that write to a frame without being told apart. */
  static final int ANYONE = -1;

  /** In so many pieces of an object it is told apart who wrote them. */
  private static final int MOST = 256;

  private final Map<Key, List<Piece>> objects = new HashMap<>();
  private long elsewhere;
  private long framed;

  /** The labels of the bytes that a pointer leads to. */
  long read(Pointer pointer, long bytes) {
    long labels = pointer.elsewhere() ? elsewhere : 0;
    for (Pointer.Target target : pointer.targets()) {
      for (Piece piece : objects.getOrDefault(Key.of(target), List.of())) {
        labels |= piece.meets(low(target), high(target, bytes)) ? piece.labels : 0;
      }
    }
    return labels;
  }

  /** The labels of bytes in a function's own frame that only some of its nodes may have written. */
  long read(Pointer pointer, long bytes, BitSet writers) {
    long labels = 0;
    for (Pointer.Target target : pointer.targets()) {
      for (Piece piece : objects.getOrDefault(Key.of(target), List.of())) {
        boolean counts = piece.writer == ANYONE || writers.get(piece.writer);
        labels |= counts && piece.meets(low(target), high(target, bytes)) ? piece.labels : 0;
      }
    }
    return labels;
  }

  /** All labels that lie in frames. */
  long inFrames() {
    return framed;
  }

  /**
   * The labels of bytes, at the distances that a pointer leads to, in the frames of other
   * functions, where they may have lain before.
   */
  long inOtherFrames(Pointer pointer, long bytes) {
    long labels = 0;
    for (Pointer.Target target : pointer.targets()) {
      for (Map.Entry<Key, List<Piece>> other : objects.entrySet()) {
        for (Piece piece : other.getKey().equals(Key.of(target)) ? NO_PIECES : other.getValue()) {
          labels |= piece.meets(low(target), high(target, bytes)) ? piece.labels : 0;
        }
      }
    }
    return labels;
  }

  /**
   * Puts labels on bytes; whether anything is new.
   *
   * @param function the function that writes
   * @param writer its node if that writes by way of an address that counts from its own frame, or
   *     {@link #ANYONE}
   */
  boolean write(Pointer pointer, long from, long bytes, long labels, int function, int writer) {
    if (labels == 0) {
      return false;
    }
    boolean changed = pointer.elsewhere() && (elsewhere | labels) != elsewhere;
    elsewhere |= pointer.elsewhere() ? labels : 0;
    for (Pointer.Target target : pointer.targets()) {
      Pointer.Target start = target.plus(from);
      int node = target.function() == function ? writer : ANYONE;
      changed |= add(Key.of(start), low(start), high(start, bytes), labels, node);
    }
    return changed;
  }

  private boolean add(Key key, long low, long high, long labels, int writer) {
    framed |= labels;
    List<Piece> pieces = objects.computeIfAbsent(key, k -> new ArrayList<>());
    Piece known = find(pieces, low, high, writer);
    if (known == null && pieces.size() >= MOST && writer != ANYONE) {
      return add(key, low, high, labels, ANYONE);
    }
    if (known == null) {
      pieces.add(new Piece(low, high, writer, labels));
      return true;
    }
    boolean more = (known.labels | labels) != known.labels;
    known.labels |= labels;
    return more;
  }

  private static @Nullable Piece find(List<Piece> pieces, long low, long high, int writer) {
    for (Piece piece : pieces) {
      if (piece.low == low && piece.high == high && piece.writer == writer) {
        return piece;
      }
    }
    return null;
  }

  private static long low(Pointer.Target target) {
    return target.offset() == Pointer.Target.ANYWHERE ? -WHOLE : target.offset();
  }

  private static long high(Pointer.Target target, long bytes) {
    boolean whole = target.offset() == Pointer.Target.ANYWHERE || bytes > 1L << 40;
    return whole ? WHOLE : target.offset() + bytes;
  }

  private record Key(int function, int object) {
    static Key of(Pointer.Target target) {
      return new Key(target.function(), target.object());
    }
  }

  /** Bytes from {@code low} up to, but without, {@code high}. */
  private static final class Piece {
    private final long low;
    private final long high;
    private final int writer;
    private long labels;

    Piece(long low, long high, int writer, long labels) {
      this.low = low;
      this.high = high;
      this.writer = writer;
      this.labels = labels;
    }

    boolean meets(long from, long to) {
      return from < high && low < to;
    }
  }
}
