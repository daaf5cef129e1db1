package dev.ovsm.frontend.hir;

import dev.ovsm.ir.MapDecl;
import org.jspecify.annotations.Nullable;

/**
 * A declared map with its types.
 *
 * @param index its place among the program's maps, from 0
 * @param id the id in its header: murmur3_32 of its name
 */
public record MapInfo(
    String name,
    int index,
    int id,
    MapDecl.Kind kind,
    @Nullable Type key,
    @Nullable Type value,
    MapDecl declaration) {
  /** Bytes of the header before a map's entries. */
  public static final int HEADER = 64;

  private static final int CONTROL = 16;
  private static final int ENTRY = 16;
  private static final int WORD = 8;

  /** Whether entries are found by their keys rather than by their places. */
  public boolean isKeyed() {
    return switch (kind) {
      case HASH, LRU_HASH, LPM_TRIE, PERCPU_HASH -> true;
      case ARRAY, PERCPU_ARRAY, QUEUE, STACK, RINGBUF, PROG_ARRAY -> false;
    };
  }

  /** How many words a key takes in an entry. */
  public int keyWords() {
    return (declaration.keyBytes() + WORD - 1) / WORD;
  }

  /** How many buckets a map with keys has: a power of two. */
  public int buckets() {
    int most = kind == MapDecl.Kind.LPM_TRIE ? 1 : declaration.maxEntries();
    return Math.max(2, Integer.highestOneBit(Math.max(1, most * 2 - 1)));
  }

  /** The length of the map's account data, as the library's {@code maps.ovsm} lays it out. */
  public long bytes() {
    long most = declaration.maxEntries();
    long value = ((long) declaration.valueBytes() + WORD - 1) / WORD * WORD;
    if (isKeyed()) {
      long entry = ENTRY + (long) WORD * keyWords() + value;
      return HEADER + CONTROL + 4L * buckets() + most * entry;
    }
    boolean isQueue = kind == MapDecl.Kind.QUEUE || kind == MapDecl.Kind.STACK;
    return isQueue ? HEADER + CONTROL + most * value : HEADER + most * declaration.valueBytes();
  }

  /** Whether the map is account data rather than an object of the runtime. */
  public boolean isAccount() {
    return kind != MapDecl.Kind.RINGBUF && kind != MapDecl.Kind.PROG_ARRAY;
  }
}
