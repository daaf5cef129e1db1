package dev.ovsm.runtime.vm;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The system calls that programs can reach, by the murmur3 hash of their symbol. */
public final class SyscallTable {
  private final SortedMap<Integer, SyscallHandler> handlers;

  public SyscallTable(SortedMap<Integer, SyscallHandler> handlers) {
    this.handlers = Collections.unmodifiableSortedMap(new TreeMap<>(handlers));
  }

  /** A table without system calls. */
  public static SyscallTable empty() {
    return new SyscallTable(Collections.emptySortedMap());
  }

  /** The handler of a hash, or null: a call of it is then an unsupported instruction. */
  public @Nullable SyscallHandler handler(int hash) {
    return handlers.get(hash);
  }

  /** All handlers by hash. */
  public SortedMap<Integer, SyscallHandler> handlers() {
    return handlers;
  }
}
