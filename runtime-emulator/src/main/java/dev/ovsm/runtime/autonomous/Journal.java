package dev.ovsm.runtime.autonomous;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What an invocation did to the registry: taken back in reverse order if it fails, completed in
 * order when it commits.
 */
final class Journal {
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<Runnable> completions = new ArrayList<>();
  private boolean open;

  boolean isOpen() {
    return open;
  }

  void open() {
    if (open) {
      throw new IllegalStateException("an invocation is open");
    }
    open = true;
  }

  /** Remembers how to take back what was just done; nothing to do outside an invocation. */
  void onRollback(Runnable takeBack) {
    if (open) {
      undo.push(takeBack);
    }
  }

  /** Does something when the invocation commits, or now if there is none. */
  void onCommit(Runnable completion) {
    if (open) {
      completions.add(completion);
    } else {
      completion.run();
    }
  }

  /** Ends an invocation that stands; {@link #complete} is to follow. */
  void close() {
    open = false;
    undo.clear();
  }

  /** Does what was put off until the commit. */
  void complete() {
    if (completions.isEmpty()) {
      return;
    }
    List<Runnable> all = List.copyOf(completions);
    completions.clear();
    all.forEach(Runnable::run);
  }

  void rollback() {
    open = false;
    completions.clear();
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
