package dev.ovsm.ir;

import dev.ovsm.diag.Span;
import java.util.List;

/**
 * A declared map.
 *
 * @param keyBytes size of a key, 0 for queues, stacks and rings
 * @param valueBytes size of a value; for a ring the ring's size in bytes
 * @param handles offsets in a value of 16-byte timer and work queue handles
 */
public record MapDecl(
    String name,
    Kind kind,
    int keyBytes,
    int valueBytes,
    int maxEntries,
    List<Handle> handles,
    Span span) {
  public MapDecl {
    handles = List.copyOf(handles);
  }

  /** Map types; the number is the type byte of a map account's header. */
  public enum Kind {
    HASH(1),
    ARRAY(2),
    LRU_HASH(3),
    QUEUE(4),
    STACK(5),
    LPM_TRIE(6),
    RINGBUF(7),
    PROG_ARRAY(8),
    PERCPU_HASH(9),
    PERCPU_ARRAY(10);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }
  }

  /** A handle field of the value. */
  public record Handle(int offset, HandleKind kind) {}

  /** What a handle stands for. */
  public enum HandleKind {
    TIMER,
    WORK_QUEUE
  }
}
