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

  /** Whether the map is account data rather than an object of the runtime. */
  public boolean isAccount() {
    return kind != MapDecl.Kind.RINGBUF && kind != MapDecl.Kind.PROG_ARRAY;
  }
}
